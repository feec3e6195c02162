package org.muster.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void percentileIsTheNearestRank() {
    for (int millis = 1000; millis > 0; millis--) {
      latencies.add(millis * 1_000_000L);
    }

    assertThat(latencies.percentileMillis(0.5)).isEqualTo(500);
    assertThat(latencies.percentileMillis(0.99)).isEqualTo(990);
    assertThat(latencies.percentileMillis(1)).isEqualTo(1000);
    assertThat(latencies.percentileMillis(0.0001)).isEqualTo(1);
  }

  @Test
  void oneLatencyIsEveryPercentile() {
    latencies.add(2_500_000);

    assertThat(latencies.percentileMillis(0.01)).isEqualTo(2.5);
    assertThat(latencies.percentileMillis(0.99)).isEqualTo(2.5);
  }

  @Test
  void keepsMoreThanItsFirstArrayHolds() {
    for (int i = 0; i < 5000; i++) {
      latencies.add(i * 1000L);
    }

    assertThat(latencies.count()).isEqualTo(5000);
    assertThat(latencies.percentileMillis(1)).isEqualTo(4.999);
  }

  @Test
  void noLatencyHasNoPercentile() {
    assertThat(latencies.percentileMillis(0.5)).isNaN();
  }
}
