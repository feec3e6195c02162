package org.muster.scim.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a tenant's own limits, the usual ones and the server's bounds become those that hold. */
class LimitsTest {
  private static final Limits BOUNDS =
      new Limits(Map.of(Limit.MAX_PAGE_SIZE, 500L, Limit.REQUESTS_PER_SECOND, 50L));

  @Test
  void ownLimitHoldsWithinTheBound() {
    Limits own = Limits.USUAL.with(Map.of(Limit.MAX_PAGE_SIZE, 20L), BOUNDS);
    assertThat(own.maxPageSize()).isEqualTo(20);
    assertThat(own.defaultPageSize()).isEqualTo(20);
    assertThat(own.patchOperations()).isEqualTo(Limits.USUAL.patchOperations());
  }

  @Test
  void boundHoldsBeyondIt() {
    assertThat(Limits.USUAL.with(Map.of(Limit.MAX_PAGE_SIZE, 900L), BOUNDS).maxPageSize())
        .isEqualTo(500);
    assertThat(Limits.USUAL.with(Map.of(), BOUNDS).maxPageSize()).isEqualTo(500);
  }

  @Test
  void noRateAtAllIsTheWidest() {
    assertThat(Limits.USUAL.with(Map.of(), BOUNDS).requestsPerSecond()).isEqualTo(50);
    assertThat(Limits.USUAL.with(Map.of(Limit.REQUESTS_PER_SECOND, 9L), BOUNDS).requestsPerSecond())
        .isEqualTo(9);
    assertThat(Limits.USUAL.isWiderThan(BOUNDS)).isTrue();
    assertThat(BOUNDS.isWiderThan(BOUNDS)).isFalse();
  }

  @Test
  void burstIsThatOfASecondUnlessItIsSaid() {
    assertThat(new Limits(Map.of(Limit.REQUESTS_PER_SECOND, 7L)).burst()).isEqualTo(7);
    assertThat(new Limits(Map.of(Limit.REQUESTS_PER_SECOND, 7L, Limit.BURST, 3L)).burst())
        .isEqualTo(3);
  }

  @Test
  void valueOutOfBoundsIsRefused() {
    assertThatThrownBy(() -> new Limits(Map.of(Limit.MAX_PAGE_SIZE, 0L)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(10, 5, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
