package org.muster.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PreconditionTest {
  private static final Version SEVEN = new Version(7);

  @Test
  void anyAlwaysHolds() {
    assertThat(new Precondition.Any().holdsAt(SEVEN)).isTrue();
    assertThat(new Precondition.Any().holdsForNone()).isTrue();
  }

  @Test
  void absentHoldsForNoneOnly() {
    assertThat(new Precondition.Absent().holdsAt(SEVEN)).isFalse();
    assertThat(new Precondition.Absent().holdsForNone()).isTrue();
  }

  @Test
  void presentHoldsAtEveryVersionAndNotForNone() {
    assertThat(new Precondition.Present().holdsAt(SEVEN)).isTrue();
    assertThat(new Precondition.Present().holdsForNone()).isFalse();
  }

  @Test
  void atHoldsAtThatVersionOnly() {
    assertThat(new Precondition.At(SEVEN).holdsAt(new Version(7))).isTrue();
    assertThat(new Precondition.At(SEVEN).holdsAt(new Version(8))).isFalse();
    assertThat(new Precondition.At(SEVEN).holdsForNone()).isFalse();
  }

  @Test
  void versionsArePositive() {
    assertThat(new Version(Long.MAX_VALUE)).hasToString("9223372036854775807");
    for (long bad : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> new Version(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
