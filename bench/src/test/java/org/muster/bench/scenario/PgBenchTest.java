package org.muster.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PgBenchTest {
  @Test
  void failedTransactionsAreRead() throws IOException {
    String output =
        """
        number of transactions actually processed: 4711
        number of failed transactions: 12 (0.255%)
        latency average = 0.870 ms
        """;

    assertThat(PgBench.failed(output)).isEqualTo(12);
  }

  @Test
  void outputWithoutACountIsAnError() {
    assertThatThrownBy(() -> PgBench.failed("pgbench: error: connection refused"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("connection refused");
  }

  @Test
  void latencyIsTheThirdFieldOfALogLine() {
    assertThat(PgBench.micros("3 199 2241 0 1175850568 995598")).isEqualTo(2241);
  }
}
