package org.muster.cache.twolevel;

import java.time.Duration;
import java.util.Optional;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevelException;
import org.muster.cache.CacheSpace;
import org.muster.cache.Lifetime;
import org.muster.cache.PutCondition;

/**
 * Puts and voids. Level 2 comes first, then what this node has: a read that begins after a write
 * finds nothing here, and there nothing older.
 */
final class Writes<V> {
  private static final PutCondition ALWAYS = new PutCondition.Always();
  private static final PutCondition IF_VACANT = new PutCondition.IfVacant();

  private final Parts<V> parts;
  private final Lifetimes lifetimes;
  private final Hearings hearing;

  Writes(Parts<V> parts, Hearings hearing) {
    this.parts = parts;
    this.lifetimes = new Lifetimes(parts.settings(), parts.timing());
    this.hearing = hearing;
  }

  void put(CacheKey key, V value, Optional<Duration> ttl) {
    SecondLevel<V> second = parts.second();
    if (second.isPresent()) {
      CacheEntry<V> entry = entry(value, lifetimes.second(ttl));
      if (second.ask(key.space(), level -> level.put(key, entry, ALWAYS)) != null) {
        parts.forget(key);
        return;
      }
      second.remember(new Voiding.OfKey(key));
    }
    if (hearing.isHeard()) {
      parts.spare().voidKey(key);
      parts.first().put(key, entry(value, lifetimes.first(ttl)), ALWAYS);
      parts.flights().detach(key);
    } else {
      parts.forget(key);
    }
  }

  boolean putIfVacant(CacheKey key, V value, Optional<Duration> ttl) {
    SecondLevel<V> second = parts.second();
    if (!second.isPresent()) {
      if (!hearing.isHeard()) {
        throw new CacheLevelException("Other nodes are not heard");
      }
      boolean done = parts.first().put(key, entry(value, lifetimes.first(ttl)), IF_VACANT);
      parts.flights().detach(key);
      return done;
    }
    CacheEntry<V> entry = entry(value, lifetimes.second(ttl));
    Boolean done = second.ask(key.space(), level -> level.put(key, entry, IF_VACANT));
    if (done == null) {
      second.remember(new Voiding.OfKey(key));
      parts.forget(key);
      throw new CacheLevelException("Level 2 of the cache does not answer");
    }
    if (done) {
      parts.forget(key);
    }
    return done;
  }

  private CacheEntry<V> entry(V value, Lifetime lifetime) {
    return new CacheEntry<>(Optional.of(value), parts.timing().version(), lifetime);
  }

  /** Whether level 2 knows. */
  boolean voidKey(CacheKey key) {
    boolean told = parts.second().tell(new Voiding.OfKey(key)) != null;
    parts.forget(key);
    return told;
  }

  /** Whether something was there. */
  boolean remove(CacheKey key) {
    Long there = parts.second().tell(new Voiding.OfKey(key));
    boolean here = parts.forget(key);
    return here || (there != null && there > 0);
  }

  /** How many entries there were. */
  long clear(CacheSpace space) {
    Long there = parts.second().tell(new Voiding.OfSpace(space));
    return Math.max(parts.forget(space), there == null ? 0 : there);
  }

  /** Whether level 2 knows. */
  boolean clearAll() {
    return clearAll(parts);
  }

  static boolean clearAll(Parts<?> parts) {
    boolean told = parts.second().tell(new Voiding.OfAll()) != null;
    parts.voidedAll();
    return told;
  }
}
