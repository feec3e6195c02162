package org.muster.caching;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Supplier;

/**
 * About how much a tenant keeps: what was counted, and what was put since then, be it in the place
 * of something else. Counting may be costly, so it is done anew only where the quota seems to be
 * used up, and then once a second, or when a tenth of the quota was put since.
 */
final class Usage {
  private static final long PAUSE_NANOS = 1_000_000_000;

  private static final int VAGUE_PART = 10;

  private final Set<String> caches = new HashSet<>();
  private long entries;
  private long bytes;
  private long entriesSince;
  private long bytesSince;
  private long countedNanos;
  private boolean counted;

  /**
   * What was counted.
   *
   * @param caches those that have entries
   */
  record Count(SortedSet<String> caches, long entries, long bytes) {}

  /**
   * Takes note of a put.
   *
   * @return why it must not be done; empty if it may
   */
  synchronized Optional<String> admit(
      String cache, long weight, Quota quota, long nowNanos, Supplier<Count> counting) {
    boolean mayCount = isOld(nowNanos) || isVague(quota);
    if (!counted || (mayCount && exceeds(cache, weight, quota).isPresent())) {
      count(counting.get(), nowNanos);
    }
    Optional<String> reason = exceeds(cache, weight, quota);
    if (reason.isEmpty()) {
      caches.add(cache);
      entries++;
      entriesSince++;
      bytes += weight;
      bytesSince += weight;
    }
    return reason;
  }

  private boolean isVague(Quota quota) {
    return (entriesSince > 0 && entriesSince >= quota.entries() / VAGUE_PART)
        || (bytesSince > 0 && bytesSince >= quota.bytes() / VAGUE_PART);
  }

  private boolean isOld(long nowNanos) {
    return nowNanos - countedNanos >= PAUSE_NANOS;
  }

  private void count(Count now, long nowNanos) {
    caches.clear();
    caches.addAll(now.caches());
    entries = now.entries();
    bytes = now.bytes();
    entriesSince = 0;
    bytesSince = 0;
    countedNanos = nowNanos;
    counted = true;
  }

  private Optional<String> exceeds(String cache, long weight, Quota quota) {
    if (!caches.contains(cache) && caches.size() >= quota.caches()) {
      return Optional.of("caches with entries than " + quota.caches());
    }
    if (entries >= quota.entries()) {
      return Optional.of("entries in its caches than " + quota.entries());
    }
    return bytes + weight > quota.bytes()
        ? Optional.of("bytes in its caches than " + quota.bytes())
        : Optional.empty();
  }

  /** An entry was removed. */
  synchronized void removed() {
    entries = Math.max(0, entries - 1);
  }

  /** A cache was cleared: with the next put it is counted anew. */
  synchronized void cleared() {
    counted = false;
  }
}
