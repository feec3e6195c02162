package org.muster.cache.twolevel;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.Lifetime;
import org.muster.cache.PutCondition;
import org.muster.cache.Slot;

/** Looks in the levels, loads what is in none, and keeps it if nobody has voided it meanwhile. */
final class Loads<V> {
  private final Parts<V> parts;
  private final Lifetimes lifetimes;
  private final Predicate<RuntimeException> isOutage;
  private final long patienceNanos;

  /**
   * Makes one.
   *
   * @param isOutage whether what is over may be served after this failure
   * @param patienceNanos what takes longer to load is not kept
   */
  Loads(Parts<V> parts, Predicate<RuntimeException> isOutage, long patienceNanos) {
    this.parts = parts;
    this.lifetimes = new Lifetimes(parts.settings(), parts.timing());
    this.isOutage = isOutage;
    this.patienceNanos = patienceNanos;
  }

  /** From the levels, else by the loader if there is one. */
  Outcome<V> through(CacheKey key, @Nullable Loader<V> loader) {
    long start = parts.timing().nanos().getAsLong();
    Slot<V> one = parts.first().get(key);
    if (one.entry().isPresent()) {
      return new Outcome<>(one.entry().get().value(), Outcome.Source.FIRST);
    }
    Slot<V> two = parts.second().ask(key.space(), level -> level.get(key));
    if (two != null && two.entry().isPresent()) {
      return promoted(key, start, one, two.entry().get());
    }
    if (loader == null) {
      return Outcome.nowhere();
    }
    Ticket<V> ticket = new Ticket<>(start, one, two, parts.spare().get(key));
    Outcome<V> loaded;
    try {
      loaded = past(key, loader);
    } catch (RuntimeException e) {
      return stale(ticket, e);
    }
    keep(key, ticket, loaded.value());
    return loaded;
  }

  private Outcome<V> promoted(CacheKey key, long start, Slot<V> one, CacheEntry<V> entry) {
    if (isInTime(start)) {
      parts.first().put(key, lifetimes.promoted(entry), new PutCondition.IfMark(one.mark()));
    }
    return new Outcome<>(entry.value(), Outcome.Source.SECOND);
  }

  /** By the loader alone; nothing is kept. */
  Outcome<V> past(CacheKey key, Loader<V> loader) {
    Counters.OfSpace counters = parts.counters().of(key.space());
    counters.loads.increment();
    boolean done = false;
    try {
      Optional<V> value = loader.load(key);
      done = true;
      return new Outcome<>(value, Outcome.Source.LOADED);
    } finally {
      counters.loadFailures.add(done ? 0 : 1);
    }
  }

  private void keep(CacheKey key, Ticket<V> ticket, Optional<V> value) {
    boolean isAbsence = value.isEmpty();
    if (isAbsence && parts.settings().loading().negativeTtl().isEmpty()) {
      return;
    }
    if (!isInTime(ticket.startNanos())) {
      parts.counters().of(key.space()).late.increment();
      return;
    }
    long version = parts.timing().version();
    Lifetime second = lifetimes.second(isAbsence);
    if (putSecond(key, ticket, new CacheEntry<>(value, version, second))) {
      Lifetime first =
          lifetimes.first(parts.second().isPresent() ? second : Lifetime.ENDLESS, isAbsence);
      parts
          .first()
          .put(
              key,
              new CacheEntry<>(value, version, first),
              new PutCondition.IfMark(ticket.first().mark()));
      putSpare(key, ticket, value, version);
    }
  }

  /** False if somebody has voided the key: then the value is old. */
  private boolean putSecond(CacheKey key, Ticket<V> ticket, CacheEntry<V> entry) {
    Slot<V> seen = ticket.second();
    if (seen == null) {
      return true;
    }
    Boolean done =
        parts
            .second()
            .ask(key.space(), level -> level.put(key, entry, new PutCondition.IfMark(seen.mark())));
    return done == null || done;
  }

  private void putSpare(CacheKey key, Ticket<V> ticket, Optional<V> value, long version) {
    parts
        .settings()
        .loading()
        .staleIfError()
        .filter(stale -> value.isPresent())
        .ifPresent(
            stale ->
                parts
                    .spare()
                    .put(
                        key,
                        new CacheEntry<>(value, version, lifetimes.spare(stale)),
                        new PutCondition.IfMark(ticket.spare().mark())));
  }

  private Outcome<V> stale(Ticket<V> ticket, RuntimeException failure) {
    Optional<CacheEntry<V>> spare = ticket.spare().entry();
    if (spare.isEmpty() || !isOutage.test(failure)) {
      throw failure;
    }
    return new Outcome<>(spare.get().value(), Outcome.Source.STALE);
  }

  private boolean isInTime(long startNanos) {
    return parts.timing().nanos().getAsLong() - startNanos <= patienceNanos;
  }
}
