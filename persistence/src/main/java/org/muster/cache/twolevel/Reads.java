package org.muster.cache.twolevel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheKey;

/** Reads past level 1: of those of the same key one works, and the others wait for it. */
final class Reads<V> {
  private final Flights<V> flights;
  private final Counters counters;
  private final Loads<V> loads;
  private final long patienceNanos;

  /**
   * Makes one.
   *
   * @param patienceNanos who has waited for so long loads by itself
   */
  Reads(Parts<V> parts, Loads<V> loads, long patienceNanos) {
    this.flights = parts.flights();
    this.counters = parts.counters();
    this.loads = loads;
    this.patienceNanos = patienceNanos;
  }

  /** The value; empty where it is nowhere, or known to be absent. */
  Optional<V> read(CacheKey key, @Nullable Loader<V> loader) {
    Flight<V> own = new Flight<>();
    while (true) {
      Flight<V> other = flights.begin(key, own);
      if (other == null) {
        return counted(key, lead(key, loader, own), true);
      }
      Optional<Outcome<V>> joined = other.isOwn() ? Optional.empty() : other.await(patienceNanos);
      if (joined.isEmpty()) {
        return past(key, loader);
      }
      if (loader == null || joined.get().source() != Outcome.Source.NOWHERE) {
        return counted(key, joined.get(), false);
      }
      flights.end(key, other); // it has only looked; this one loads
    }
  }

  /**
   * The value without the levels, and without others: who is not told of what is voided must not
   * join a read that began before.
   */
  Optional<V> past(CacheKey key, @Nullable Loader<V> loader) {
    return counted(key, loader == null ? Outcome.nowhere() : loads.past(key, loader), true);
  }

  private Outcome<V> lead(CacheKey key, @Nullable Loader<V> loader, Flight<V> own) {
    try {
      Outcome<V> outcome = loads.through(key, loader);
      own.landed(outcome);
      return outcome;
    } catch (RuntimeException | Error e) {
      own.crashed(e);
      throw e;
    } finally {
      flights.end(key, own);
    }
  }

  private Optional<V> counted(CacheKey key, Outcome<V> outcome, boolean isLeader) {
    counters.of(key.space()).read(outcome.source(), isLeader);
    return outcome.value();
  }
}
