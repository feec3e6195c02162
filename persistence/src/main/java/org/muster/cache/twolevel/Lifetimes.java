package org.muster.cache.twolevel;

import java.time.Duration;
import java.util.Optional;
import org.muster.cache.CacheEntry;
import org.muster.cache.Lifetime;

/** How long entries live in each level. */
final class Lifetimes {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final CacheSettings settings;
  private final Timing timing;

  Lifetimes(CacheSettings settings, Timing timing) {
    this.settings = settings;
    this.timing = timing;
  }

  /** In level 1, and not longer than in level 2. */
  Lifetime first(Lifetime second, boolean isAbsence) {
    Lifetime own = loaded(settings.first(), isAbsence);
    return new Lifetime(Math.min(own.expiresMillis(), second.expiresMillis()), own.idleMillis());
  }

  /** In level 2. */
  Lifetime second(boolean isAbsence) {
    return loaded(settings.second(), isAbsence);
  }

  /** In level 2, of what the caller gave a time to live. */
  Lifetime second(Optional<Duration> ttl) {
    return ttl.isEmpty() ? second(false) : given(settings.second(), ttl.get());
  }

  /** In level 1, of what the caller gave a time to live. */
  Lifetime first(Optional<Duration> ttl) {
    return ttl.isEmpty()
        ? first(Lifetime.ENDLESS, false)
        : first(given(settings.first(), ttl.get()), false);
  }

  /** An entry of level 2 as one of level 1: with what is left of its time. */
  <V> CacheEntry<V> promoted(CacheEntry<V> entry) {
    return new CacheEntry<>(
        entry.value(), entry.version(), first(entry.lifetime(), entry.value().isEmpty()));
  }

  /** Of what is kept for the case that loading fails. */
  Lifetime spare(Duration stale) {
    LevelSettings last = settings.levels().hasSecond() ? settings.second() : settings.first();
    return last.ttl().isEmpty()
        ? Lifetime.ENDLESS
        : until(shorter(last.ttl().get(), LONGEST).plus(shorter(stale, LONGEST)));
  }

  private Lifetime loaded(LevelSettings level, boolean isAbsence) {
    Optional<Duration> ttl = level.ttl();
    if (isAbsence) {
      ttl = settings.loading().negativeTtl().map(own -> shorter(own, level.ttl().orElse(own)));
    }
    Lifetime lifetime = ttl.isEmpty() ? Lifetime.ENDLESS : until(jittered(ttl.get()));
    return level.idle().map(lifetime::idle).orElse(lifetime);
  }

  private Lifetime given(LevelSettings level, Duration ttl) {
    Lifetime lifetime = until(ttl);
    return level.idle().map(lifetime::idle).orElse(lifetime);
  }

  private Lifetime until(Duration ttl) {
    return Lifetime.of(timing.clock().millis(), ttl);
  }

  private Duration jittered(Duration ttl) {
    double jitter = settings.loading().jitter();
    if (jitter == 0) {
      return ttl;
    }
    long millis = shorter(ttl, LONGEST).toMillis();
    return Duration.ofMillis(Math.max(1, millis - (long) (millis * jitter * timing.fraction())));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
