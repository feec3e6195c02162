package org.muster.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.cache.heap.HeapBounds;
import org.muster.cache.heap.HeapLevel;
import org.muster.kernel.TenantId;

/** What stands for a shared level, and for a faulty one, is a level. */
class SharedLevelTest extends CacheLevelContract {
  private static final CacheKey KEY = new CacheKey(new CacheSpace(TenantId.DEFAULT, "users"), "a");
  private static final CacheEntry<String> ENTRY =
      new CacheEntry<>(Optional.of("1"), 1, Lifetime.ENDLESS);

  private final ManualTime time = new ManualTime();
  private final SharedLevel<String> shared =
      new SharedLevel<>(
          new HeapLevel<>(
              new HeapBounds(4_000_000, Duration.ofSeconds(2)), String::length, time, time));
  private final SharedLevel<String>.Node node = shared.node();
  private final FaultyLevel<String> faulty = new FaultyLevel<>(node, 1, FaultyLevel.Faults.NONE);

  @Override
  protected CacheLevel<String> level() {
    return faulty;
  }

  @Override
  protected String overBound() {
    return "x".repeat(4_000_001);
  }

  @Override
  protected Clock clock() {
    return time;
  }

  @Override
  protected void pass(Duration duration) {
    time.pass(duration);
  }

  @Test
  void othersAreToldBeforeTheCallReturns() {
    List<String> heard = new ArrayList<>();
    node.listen(listener(heard, "own"));
    SharedLevel<String>.Node other = shared.node();
    other.listen(listener(heard, "other"));
    node.put(KEY, ENTRY, new PutCondition.Always());
    node.put(KEY, ENTRY, new PutCondition.IfVacant());
    node.voidKey(KEY);
    node.clear(KEY.space());
    node.clearAll();
    assertThat(heard).containsExactly("other key", "other key", "other space", "other all");
    heard.clear();
    other.cut();
    node.voidKey(KEY);
    assertThat(heard).isEmpty();
    assertThat(other.coherence().isConnected()).isFalse();
    assertThatThrownBy(() -> other.get(KEY)).isInstanceOf(CacheLevelException.class);
    other.heal();
    assertThat(heard).contains("other all");
    assertThat(other.get(KEY).entry()).isEmpty();
  }

  private static VoidListener listener(List<String> heard, String name) {
    return new VoidListener() {
      @Override
      public void voided(CacheKey key) {
        heard.add(name + " key");
      }

      @Override
      public void voided(CacheSpace space) {
        heard.add(name + " space");
      }

      @Override
      public void voidedAll() {
        heard.add(name + " all");
      }
    };
  }

  @Test
  void sameSeedFailsAlike() {
    List<List<Boolean>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      FaultyLevel<String> level =
          new FaultyLevel<>(node, 42, FaultyLevel.Faults.NONE.before(30).after(30));
      List<Boolean> fates = new ArrayList<>();
      for (int call = 0; call < 100; call++) {
        fates.add(fails(level));
      }
      assertThat(level.calls()).isEqualTo(100);
      runs.add(fates);
    }
    assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains(true, false);
  }

  @Test
  void callFailsBeforeOrAfterItsWork() {
    FaultyLevel<String> level =
        new FaultyLevel<>(node, 1, FaultyLevel.Faults.NONE.beforeCall(1).afterCall(2));
    assertThat(fails(level)).isTrue();
    assertThat(node.exists(KEY)).isFalse();
    assertThat(fails(level)).isTrue();
    assertThat(node.exists(KEY)).isTrue();
    assertThat(fails(level)).isFalse();
  }

  private static boolean fails(CacheLevel<String> level) {
    try {
      level.put(KEY, ENTRY, new PutCondition.Always());
      return false;
    } catch (CacheLevelException e) {
      return true;
    }
  }
}
