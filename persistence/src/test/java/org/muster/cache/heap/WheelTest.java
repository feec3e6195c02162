package org.muster.cache.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.Slot;
import org.muster.kernel.TenantId;

class WheelTest {
  private static final CacheSpace SPACE = new CacheSpace(TenantId.DEFAULT, "users");
  private static final long SECOND = 1_000_000_000;

  /** Tickers may be negative, and may overflow. */
  private long now = Long.MAX_VALUE - 700 * SECOND;

  private final Wheel<String> wheel = new Wheel<>(now);

  private Held<String> held(int number, long ttlNanos, long idleNanos) {
    Held<String> made =
        new Held<>(
            new CacheKey(SPACE, "k" + number),
            Slot.voided(-1),
            new HeapSpace(marks(), new Floor(0, 0)),
            new Floor(0, 0),
            1,
            new Held.Times(now, ttlNanos, idleNanos));
    wheel.add(made, now);
    return made;
  }

  private Marks marks() {
    return new Marks(new HeapBounds(1, Duration.ofSeconds(1)), () -> now);
  }

  private List<Held<String>> over() {
    List<Held<String>> all = new ArrayList<>();
    while (wheel.isDue(now)) {
      all.addAll(wheel.over(now, 3));
    }
    return all;
  }

  @Test
  void whatIsOverIsFoundWithinTwoSecondsAndNothingElse() {
    Random random = new Random(7);
    Map<Held<String>, Long> ends = new HashMap<>();
    Set<Held<String>> found = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      long ttl = 1 + random.nextLong(1_500 * SECOND);
      Held<String> made = held(i, ttl, 0);
      if (random.nextInt(4) == 0) {
        wheel.remove(made);
      } else {
        ends.put(made, now + ttl);
      }
      if (random.nextInt(10) == 0) {
        now += random.nextLong(3 * SECOND);
        for (Held<String> each : over()) {
          assertThat(ends.getOrDefault(each, now + 1) - now).isLessThanOrEqualTo(0);
          assertThat(found.add(each)).isTrue();
        }
      }
    }
    for (Map.Entry<Held<String>, Long> each : ends.entrySet()) {
      if (each.getValue() - now < -2 * SECOND) {
        assertThat(found).contains(each.getKey());
      }
    }
    now += 1_502 * SECOND; // several turns at once
    found.addAll(over());
    assertThat(found).isEqualTo(ends.keySet());
  }

  @Test
  void whatIsReadStaysUntilItIsReadNoMore() {
    Held<String> read = held(1, Held.ENDLESS, 5 * SECOND);
    for (int i = 0; i < 20; i++) {
      now += 3 * SECOND;
      read.touch(now);
      assertThat(over()).isEmpty();
    }
    now += 7 * SECOND;
    assertThat(over()).containsExactly(read);
  }

  @Test
  void whatHasNoTimeIsNotLookedAt() {
    Held<String> endless = held(1, Held.ENDLESS, 0);
    now += 10_000 * SECOND;
    assertThat(over()).isEmpty();
    wheel.remove(endless);
  }

  @Test
  void soManyAreLookedAtAtMost() {
    for (int i = 0; i < 10; i++) {
      held(i, SECOND, 0);
    }
    now += 3 * SECOND;
    assertThat(wheel.over(now, 4)).hasSize(4);
    assertThat(wheel.isDue(now)).isTrue();
    assertThat(wheel.over(now, 100)).hasSize(6);
    assertThat(wheel.isDue(now)).isFalse();
    assertThat(wheel.isDue(now + SECOND)).isTrue();
  }
}
