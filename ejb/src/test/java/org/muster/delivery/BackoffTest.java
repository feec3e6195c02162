package org.muster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void waitDoublesUpToTheBoundLessAtMostTheHalf() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), new Random(7));
    for (int attempts = 1; attempts < 200; attempts++) {
      long bound = Math.min(60_000, 1_000L << Math.min(attempts - 1, 20));
      assertThat(backoff.after(attempts).toMillis()).isBetween(bound / 2, bound);
    }
  }
}
