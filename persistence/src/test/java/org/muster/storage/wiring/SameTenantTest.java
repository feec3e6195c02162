package org.muster.storage.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.muster.access.Tenant;
import org.muster.kernel.TenantId;

class SameTenantTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private final Tenant tenant = new Tenant(new TenantId("acme"), CREATED, "{}");

  @Test
  void whatWasWrittenSinceIsOfTheTenant() {
    assertThat(SameTenant.is(tenant, CREATED)).isTrue();
    assertThat(SameTenant.is(tenant, CREATED.plusSeconds(1_000))).isTrue();
  }

  @Test
  void clocksOfNodesMayDiffer() {
    assertThat(SameTenant.is(tenant, CREATED.minusMillis(250))).isTrue();
    assertThat(SameTenant.is(tenant, CREATED.minus(SameTenant.CLOCKS))).isTrue();
  }

  @Test
  void whatWasWrittenBeforeIsOfAnotherOne() {
    assertThat(SameTenant.is(tenant, CREATED.minus(SameTenant.CLOCKS).minusMillis(1))).isFalse();
  }

  @Test
  void tenantThatIsDeletedIsNotThere() {
    tenant.state(Tenant.State.DELETING);
    assertThat(SameTenant.is(tenant, CREATED.plusSeconds(1))).isFalse();
  }
}
