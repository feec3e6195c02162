package org.muster.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.muster.ManualClock;
import org.muster.kernel.TenantId;
import org.muster.scim.policy.Limit;
import org.muster.scim.policy.Limits;

/** How many requests of a tenant are let through. */
class TenantRatesTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId OTHER = new TenantId("other");
  private static final Limits TWO =
      new Limits(Map.of(Limit.REQUESTS_PER_SECOND, 2L, Limit.BURST, 3L));

  private final ManualClock clock = new ManualClock();
  private final TenantRates rates = new TenantRates(new ManualTime(clock));

  @Test
  void burstPassesThenAsManyAsTheRateAllows() {
    assertThat(passed(ACME, TWO, 10)).isEqualTo(3);
    assertThat(rates.wait(ACME, TWO)).isEqualTo(Duration.ofMillis(500));
    clock.pass(Duration.ofMillis(499));
    assertThat(passed(ACME, TWO, 10)).isZero();
    clock.pass(Duration.ofMillis(1));
    assertThat(passed(ACME, TWO, 10)).isEqualTo(1);
    clock.pass(Duration.ofHours(1));
    assertThat(passed(ACME, TWO, 10)).isEqualTo(3);
  }

  @Test
  void tenantsDoNotShareABucket() {
    assertThat(passed(ACME, TWO, 10)).isEqualTo(3);
    assertThat(passed(OTHER, TWO, 10)).isEqualTo(3);
  }

  @Test
  void withoutALimitEverythingPasses() {
    assertThat(passed(ACME, Limits.USUAL, 10_000)).isEqualTo(10_000);
  }

  @Test
  void changedLimitHoldsFromTheNextRequest() {
    assertThat(passed(ACME, TWO, 10)).isEqualTo(3);
    Limits more = new Limits(Map.of(Limit.REQUESTS_PER_SECOND, 5L));
    assertThat(passed(ACME, more, 10)).isEqualTo(5);
  }

  private int passed(TenantId tenant, Limits limits, int requests) {
    int passed = 0;
    for (int i = 0; i < requests; i++) {
      passed += rates.wait(tenant, limits).isZero() ? 1 : 0;
    }
    return passed;
  }
}
