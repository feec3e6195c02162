package org.muster.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses credentials: an address that has failed too often has to wait, whatever it
 * sends. Remembers a bounded number of addresses, those that failed last. Thread-safe.
 */
public final class FailedAttempts {
  private static final int KNOWN_MOST = 50_000;
  private static final Duration IDLE = Duration.ofMinutes(5);

  private final long perMinute;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(KNOWN_MOST)
          .expireAfterAccess(IDLE)
          .executor(Runnable::run)
          .build();

  /**
   * A guard.
   *
   * @param perMinute failures that an address may have, at once and over time; 0 for any number
   */
  FailedAttempts(long perMinute, TimeMeter time) {
    this.perMinute = perMinute;
    this.time = time;
  }

  /** Whether any address has failed, so that {@link #wait} has to be asked at all. */
  public boolean isEmpty() {
    return buckets.estimatedSize() == 0;
  }

  /** How long an address has to wait before it may try again; zero if it may at once. */
  public Duration wait(String address) {
    @Nullable Bucket bucket = buckets.getIfPresent(address);
    return bucket == null
        ? Duration.ZERO
        : Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
  }

  /** Notes that an address has failed. */
  public void note(String address) {
    if (perMinute > 0) {
      buckets.get(address, each -> bucket()).tryConsume(1);
    }
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .withCustomTimePrecision(time)
        .build();
  }
}
