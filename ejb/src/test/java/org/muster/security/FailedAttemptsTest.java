package org.muster.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.muster.ManualClock;

/** How long who fails has to wait. */
class FailedAttemptsTest {
  private final ManualClock clock = new ManualClock();
  private final FailedAttempts attempts = new FailedAttempts(6, new ManualTime(clock));

  @Test
  void addressWaitsAfterTooManyFailures() {
    assertThat(attempts.isEmpty()).isTrue();
    for (int i = 0; i < 6; i++) {
      assertThat(attempts.wait("192.0.2.1")).isZero();
      attempts.note("192.0.2.1");
    }
    assertThat(attempts.isEmpty()).isFalse();
    assertThat(attempts.wait("192.0.2.1")).isEqualTo(Duration.ofSeconds(10));
    assertThat(attempts.wait("192.0.2.2")).isZero();
    clock.pass(Duration.ofSeconds(10));
    assertThat(attempts.wait("192.0.2.1")).isZero();
    attempts.note("192.0.2.1");
    assertThat(attempts.wait("192.0.2.1")).isPositive();
  }

  @Test
  void switchedOffItRemembersNobody() {
    FailedAttempts off = new FailedAttempts(0, new ManualTime(clock));
    for (int i = 0; i < 1_000; i++) {
      off.note("192.0.2.1");
    }
    assertThat(off.isEmpty()).isTrue();
    assertThat(off.wait("192.0.2.1")).isZero();
  }
}
