package org.muster.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LiveHeapTest {
  @Test
  void readsTheTotalOfAHistogram() throws IOException {
    String histogram =
        """
        4711:
         num     #instances         #bytes  class name (module)
           1:         12345        9876543  [B (java.base@17.0.15)
        Total        345678       23456789
        """;

    assertThat(LiveHeap.parse(histogram)).isEqualTo(23_456_789);
  }

  @Test
  void anythingElseIsAnError() {
    assertThatThrownBy(() -> LiveHeap.parse("4711:\nno such process"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no such process");
  }

  @Test
  void countsWhatIsAlive() throws IOException, InterruptedException {
    LiveHeap heap = new LiveHeap(ProcessHandle.current().pid());
    long before = heap.bytes();
    byte[] held = new byte[64 * 1024 * 1024];

    long after = heap.bytes();

    assertThat(after - before).isBetween(60L * 1024 * 1024, 80L * 1024 * 1024);
    assertThat(Arrays.hashCode(held)).isNotZero();
  }
}
