package org.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.cache.Coherence;

/** A node on a thread of its own, by the clock of the machine. */
class HeartbeatTest {
  private final MemoryNodeRegistry registry = new MemoryNodeRegistry();

  private LiveNodes node(String id) {
    return new LiveNodes(new Node(id, id, Optional.empty()), registry, System::nanoTime);
  }

  @Test
  void secondNodeIsReadyWhenTheFirstReliesOnNothingAndItsEndIsNoticed() throws Exception {
    LiveNodes one = node("one");
    LiveNodes two = node("two");
    Coherence ofOne = one.coherence(name -> false);
    try (Heartbeat first = new Heartbeat(one)) {
      long start = System.nanoTime();
      first.begin(run -> new Thread(run).start());
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LiveNodes.TRUST);
      assertThat(ofOne.isConnected()).isTrue();
      try (Heartbeat second = new Heartbeat(two)) {
        second.begin(run -> new Thread(run).start());
        assertThat(ofOne.isConnected()).isFalse();
      }
      for (int i = 0; i < 100 && !ofOne.isConnected(); i++) {
        Thread.sleep(100);
      }
      assertThat(ofOne.isConnected()).isTrue();
    }
    assertThat(registry.beat(two.self()).others()).isEmpty();
  }
}
