package org.muster.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.muster.kernel.TenantId;
import org.muster.scim.policy.Limits;

/**
 * Lets through as many requests of each tenant as its limits allow: a bucket that is filled over
 * time, and of which each request takes a token. Each node counts for itself. Thread-safe.
 */
public final class TenantRates {
  private static final int KNOWN_MOST = 100_000;
  private static final Duration IDLE = Duration.ofHours(1);

  private final TimeMeter time;
  private final Cache<TenantId, Metered> buckets =
      Caffeine.newBuilder()
          .maximumSize(KNOWN_MOST)
          .expireAfterAccess(IDLE)
          .executor(Runnable::run)
          .build();

  private record Metered(long perSecond, long burst, Bucket bucket) {
    boolean isOf(Limits limits) {
      return perSecond == limits.requestsPerSecond() && burst == limits.burst();
    }
  }

  TenantRates(TimeMeter time) {
    this.time = time;
  }

  /** How long a request has to wait: zero if it may pass, which it then has done. */
  public Duration wait(TenantId tenant, Limits limits) {
    if (limits.requestsPerSecond() == 0) {
      return Duration.ZERO;
    }
    Metered metered = buckets.get(tenant, id -> metered(limits));
    if (!metered.isOf(limits)) {
      metered = metered(limits);
      buckets.put(tenant, metered);
    }
    ConsumptionProbe probe = metered.bucket().tryConsumeAndReturnRemaining(1);
    return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
  }

  private Metered metered(Limits limits) {
    Bucket bucket =
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(limits.burst())
                        .refillGreedy(limits.requestsPerSecond(), Duration.ofSeconds(1)))
            .withCustomTimePrecision(time)
            .build();
    return new Metered(limits.requestsPerSecond(), limits.burst(), bucket);
  }
}
