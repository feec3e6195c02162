package org.muster.cache.twolevel;

import java.time.Duration;
import java.util.Optional;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevelException;
import org.muster.cache.CacheSpace;
import org.muster.cache.Lifetime;
import org.muster.cache.PutCondition;
import org.muster.cache.Slot;

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
  private final long patienceNanos;

  /**
   * Makes one.
   *
   * @param patienceNanos what takes longer to write elsewhere is voided
   */
  Writes(Parts<V> parts, Hearings hearing, long patienceNanos) {
    this.parts = parts;
    this.patienceNanos = patienceNanos;
    this.lifetimes = new Lifetimes(parts.settings(), parts.timing());
    this.hearing = hearing;
  }

  void put(CacheKey key, V value, Optional<Duration> ttl) {
    SecondLevel<V> second = parts.second();
    boolean isHeard =
        hearing.isHeardAfterAll(); // first: what it drops must not be what is put here
    if (second.isPresent()) {
      CacheEntry<V> entry = entry(value, lifetimes.second(ttl));
      if (second.ask(key.space(), level -> level.put(key, entry, ALWAYS)) != null) {
        parts.forget(key);
        return;
      }
      second.remember(new Voiding.OfKey(key));
    }
    if (isHeard && hearing.isHeardAfterAll()) {
      parts.spare().voidKey(key);
      parts.first().put(key, entry(value, lifetimes.first(ttl)), ALWAYS);
      parts.flights().detach(key);
    } else {
      parts.forget(key);
    }
  }

  boolean putIfVacant(CacheKey key, V value, Optional<Duration> ttl) {
    SecondLevel<V> second = parts.second();
    boolean isHeard =
        hearing.isHeardAfterAll(); // first: what it drops must not be what is put here
    if (!second.isPresent()) {
      if (!isHeard) {
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

  Seen<V> look(CacheKey key) {
    long startNanos = parts.timing().nanos().getAsLong();
    // first: what level 1 has beside it then is not older than this, or this is not there any more
    Slot<V> second = parts.second().ask(key.space(), level -> level.peek(key));
    return new Seen<>(startNanos, parts.first().peek(key), second);
  }

  boolean replace(CacheKey key, Seen<V> seen, V value) {
    if (!hearing.isHeardAfterAll() || !isInTime(seen) || !replaceSecond(key, seen, value)) {
      voidKey(key);
      return false;
    }
    parts.spare().voidKey(key);
    boolean done =
        parts
            .first()
            .put(
                key,
                entry(value, lifetimes.first(Optional.empty())),
                new PutCondition.IfMark(seen.first().mark()));
    if (done) {
      parts.flights().detach(key);
    } else {
      voidKey(key);
    }
    return done;
  }

  private boolean isInTime(Seen<V> seen) {
    return parts.timing().nanos().getAsLong() - seen.startNanos() <= patienceNanos;
  }

  /** Of what was not there, others may have kept a copy, which only voiding tells them of. */
  private boolean replaceSecond(CacheKey key, Seen<V> seen, V value) {
    SecondLevel<V> second = parts.second();
    if (!second.isPresent()) {
      return true;
    }
    Slot<V> there = seen.second();
    if (there == null || there.entry().isEmpty()) {
      return false;
    }
    CacheEntry<V> entry = entry(value, lifetimes.second(Optional.empty()));
    PutCondition unchanged = new PutCondition.IfMark(there.mark());
    Boolean done = second.ask(key.space(), level -> level.put(key, entry, unchanged));
    return done != null && done;
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
