package org.muster.caching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UsageTest {
  private static final Quota QUOTA = new Quota(1_000, 3, 1_000, 2);
  private static final long SECOND = 1_000_000_000;

  private final Usage usage = new Usage();
  private Usage.Count counted = new Usage.Count(new TreeSet<>(), 0, 0);
  private int countings;
  private long now;

  private Optional<String> put(String cache, long weight) {
    return usage.admit(
        cache,
        weight,
        QUOTA,
        now,
        () -> {
          countings++;
          return counted;
        });
  }

  private static Usage.Count count(long entries, long bytes, String... caches) {
    return new Usage.Count(new TreeSet<>(List.of(caches)), entries, bytes);
  }

  @Test
  void whatWasPutCountsUntilTheQuotaIsUsedUp() {
    assertThat(put("a", 10)).isEmpty();
    assertThat(put("a", 10)).isEmpty();
    assertThat(put("a", 10)).isEmpty();
    counted = count(3, 30, "a");
    assertThat(put("a", 10)).contains("entries in its caches than 3");
    assertThat(put("a", 10)).contains("entries in its caches than 3");
    assertThat(countings).isEqualTo(2);
  }

  @Test
  void itIsCountedAnewOnceASecondOrWhenSomethingWasPut() {
    counted = count(3, 30, "a");
    assertThat(put("a", 10)).isPresent();
    counted = count(2, 20, "a");
    assertThat(put("a", 10)).isPresent();
    assertThat(countings).isEqualTo(1);
    now += SECOND;
    assertThat(put("a", 10)).isEmpty();
    assertThat(put("a", 10)).as("that was put in the place of another").isEmpty();
    assertThat(countings).isEqualTo(3);
    counted = count(3, 30, "a");
    assertThat(put("a", 10)).isPresent();
    assertThat(put("a", 10)).isPresent();
    assertThat(countings).isEqualTo(4);
  }

  @Test
  void bytesAndCachesHaveABoundToo() {
    assertThat(put("a", 1_001)).contains("bytes in its caches than 1000");
    assertThat(put("a", 600)).isEmpty();
    counted = count(1, 600, "a");
    assertThat(put("a", 600)).isPresent();
    assertThat(put("b", 1)).isEmpty();
    counted = count(2, 601, "a", "b");
    assertThat(put("c", 1)).contains("caches with entries than 2");
  }

  @Test
  void whatIsRemovedMakesRoom() {
    for (int i = 0; i < 3; i++) {
      assertThat(put("a", 300)).isEmpty();
    }
    usage.removed();
    assertThat(put("a", 1)).isEmpty();
    usage.cleared();
    assertThat(put("b", 1_000)).isEmpty();
    assertThat(countings).isEqualTo(2);
  }
}
