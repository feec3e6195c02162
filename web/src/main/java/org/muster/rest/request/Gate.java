package org.muster.rest.request;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.muster.access.Tenant;
import org.muster.rest.error.Failure;
import org.muster.rest.exchange.Target;
import org.muster.rest.exchange.Target.Area;
import org.muster.security.Caller;
import org.muster.security.FailedAttempts;
import org.muster.security.Scope;
import org.muster.tenant.TenantDirectory;
import org.muster.tenant.TenantRates;

/**
 * Lets through whose tenant is served and within its rate, and no address that keeps on guessing.
 * What it holds back is counted as {@code muster_held_back}, never by tenant.
 */
final class Gate {
  private static final Metadata HELD_BACK =
      Metadata.builder()
          .withName("muster_held_back")
          .withDescription("Requests answered with 429, by whose limit it was")
          .build();

  private final TenantDirectory tenants;
  private final TenantRates rates;
  private final FailedAttempts attempts;
  private final Counter byTenant;
  private final Counter byAddress;

  Gate(
      TenantDirectory tenants,
      TenantRates rates,
      FailedAttempts attempts,
      MetricRegistry registry) {
    this.tenants = tenants;
    this.rates = rates;
    this.attempts = attempts;
    this.byTenant = registry.counter(HELD_BACK, new Tag("by", "tenant"));
    this.byAddress = registry.counter(HELD_BACK, new Tag("by", "address"));
  }

  /** Refuses, with 429, an address that has failed too often. */
  void requirePatience(String address) {
    Duration wait = attempts.wait(address);
    if (!wait.isZero()) {
      byAddress.inc();
      throw tooMany("Too many credentials from this address were refused", wait);
    }
  }

  /** Whether any address has failed lately. */
  boolean isWatchful() {
    return !attempts.isEmpty();
  }

  /** Notes a refused credential. */
  void noteFailure(String address) {
    attempts.note(address);
  }

  /** Refuses a caller whose tenant is gone (401) or suspended (403), or asks too much (429). */
  void enter(Target target, Caller caller) {
    Optional<TenantDirectory.Entry> tenant = tenants.find(caller.tenant());
    if (tenant.isEmpty()) {
      throw Access.invalidToken();
    }
    // Who administers the platform can still make the tenant active again.
    boolean administers = target.area() != Area.SCIM && caller.may(Scope.PLATFORM_ADMIN);
    if (tenant.get().state() == Tenant.State.SUSPENDED && !administers) {
      throw new Failure.Refusal(
          new Failure(403, "This tenant is suspended; ask who administers the server"));
    }
    Duration wait = rates.wait(caller.tenant(), tenant.get().policy().limits());
    if (!wait.isZero()) {
      byTenant.inc();
      throw tooMany("The tenant sends more requests than it may", wait);
    }
  }

  private static Failure.Refusal tooMany(String detail, Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return new Failure.Refusal(
        new Failure(
            429,
            Optional.empty(),
            detail + "; try again after " + seconds + " s",
            Map.of("Retry-After", Long.toString(seconds))));
  }
}
