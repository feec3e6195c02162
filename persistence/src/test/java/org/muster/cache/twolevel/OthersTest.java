package org.muster.cache.twolevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.cache.CacheLevelException;
import org.muster.cache.Coherence;
import org.muster.cache.VoidListener;
import org.muster.cache.heap.HeapLevel;

/** Nodes that write and do not share level 2. */
class OthersTest extends CacheTest {
  private final Others others = new Others();
  private final HeapLevel<String> second = heap();
  private final TwoLevelCache<String> heap =
      new TwoLevelCache<>(
          CacheLevels.of(heap()).beside(others), CacheSettings.heap(1_000), timing());
  private final TwoLevelCache<String> both =
      new TwoLevelCache<>(CacheLevels.of(heap(), second).beside(others), both(), timing());

  @Test
  void nothingIsReliedUponWhileSomebodyIsNotHeard() {
    for (TwoLevelCache<String> cache : List.of(heap, both)) {
      source.with(A, "1");
      others.connected = true;
      assertThat(cache.get(A, source)).contains("1");
      others.connected = false;
      source.with(A, "2");
      assertThat(cache.get(A, source)).contains("2");
      assertThat(cache.getIfPresent(A)).isEmpty();
      assertThat(cache.exists(A)).isFalse();
    }
  }

  @Test
  void whatWasMissedIsInNoLevelAfterwards() {
    for (TwoLevelCache<String> cache : List.of(heap, both)) {
      source.with(A, "1");
      others.connected = true;
      assertThat(cache.get(A, source)).contains("1");
      others.connected = false;
      source.with(A, "2");
      assertThat(cache.get(A, source)).contains("2");
      others.listeners.forEach(VoidListener::voidedAll);
      others.connected = true;
      assertThat(cache.getIfPresent(A)).isEmpty();
      assertThat(cache.get(A, source)).contains("2");
      assertThat(cache.getIfPresent(A)).contains("2");
    }
  }

  @Test
  void anInterruptionInWhichNothingCanHaveBeenMissedDropsNothing() {
    assertThat(both.get(A, source)).contains("1");
    others.connected = false;
    assertThat(both.getIfPresent(A)).isEmpty();
    others.connected = true;
    assertThat(both.getIfPresent(A)).contains("1");
  }

  @Test
  void aNodeThatMayBeAloneReliesOnWhatItHas() {
    CacheSettings alone =
        CacheSettings.heap(1_000)
            .with(new CacheSettings.Outage(Duration.ofSeconds(1), Duration.ofDays(36_500), 10));
    TwoLevelCache<String> cache =
        new TwoLevelCache<>(CacheLevels.of(heap()).beside(others), alone, timing());
    others.connected = false;
    assertThat(cache.get(A, source)).contains("1");
    assertThat(cache.getIfPresent(A)).contains("1");
  }

  @Test
  void anInterruptionThatNoReadHasSeenCountsToo() {
    assertThat(both.get(A, source)).contains("1");
    source.with(A, "2");
    others.listeners.forEach(VoidListener::voidedAll);
    assertThat(both.get(A, source)).contains("2");
    assertThat(second.get(A).entry().orElseThrow().value()).contains("2");
  }

  @Test
  void whatOthersVoidIsVoidedInBothLevels() {
    assertThat(both.get(A, source)).contains("1");
    assertThat(both.get(B, source.with(B, "b"))).contains("b");
    source.with(A, "2");
    others.listeners.forEach(listener -> listener.voided(A));
    assertThat(both.get(A, source)).contains("2");
    others.listeners.forEach(listener -> listener.voided(SPACE));
    source.with(A, "3").with(B, "c");
    assertThat(both.get(A, source)).contains("3");
    assertThat(both.get(B, source)).contains("c");
  }

  @Test
  void putsAreNotKeptWhileSomebodyIsNotHeard() {
    others.connected = false;
    heap.put(A, "x", Optional.empty());
    assertThatThrownBy(() -> heap.putIfVacant(A, "x", Optional.empty()))
        .isInstanceOf(CacheLevelException.class);
    others.connected = true;
    assertThat(heap.getIfPresent(A)).isEmpty();
  }

  private static final class Others implements Coherence {
    private final List<VoidListener> listeners = new ArrayList<>();
    private boolean connected = true;

    @Override
    public Duration guard() {
      return GUARD;
    }

    @Override
    public void listen(VoidListener listener) {
      listeners.add(listener);
    }

    @Override
    public boolean isImmediate() {
      return false;
    }

    @Override
    public boolean isConnected() {
      return connected;
    }
  }
}
