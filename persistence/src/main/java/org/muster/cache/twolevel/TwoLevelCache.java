package org.muster.cache.twolevel;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheSpace;
import org.muster.cache.Coherence;
import org.muster.cache.KeyPage;
import org.muster.cache.KeyQuery;
import org.muster.cache.LevelStats;
import org.muster.kernel.TenantId;

/**
 * A cache of two levels, or of one. Thread-safe.
 *
 * <p>On one node, a read that begins after a write has returned sees that write or a later one.
 * Other nodes hear of it through level 2. What loads takes no longer than half of the guard is
 * kept, unless somebody has voided the key meanwhile. Level 2 may fail: the cache goes on without
 * it, and voids there what was voided meanwhile before it is used again. A node that does not hear
 * the others relies on no level.
 */
public final class TwoLevelCache<V> implements AutoCloseable {
  private final Parts<V> parts;
  private final CacheLevel<V> first;
  private final CacheLevels<V> levels;
  private final Hearings hearing;
  private final Reads<V> reads;
  private final Writes<V> writes;

  /** A cache that serves no value that is over, whatever fails. */
  public TwoLevelCache(CacheLevels<V> levels, CacheSettings settings, Timing timing) {
    this(levels, settings, timing, failure -> false);
  }

  /**
   * Makes one, which listens to level 2 from then on.
   *
   * @param isOutage after which failures of a loader a value that is over may be served, if the
   *     settings allow it
   */
  public TwoLevelCache(
      CacheLevels<V> levels,
      CacheSettings settings,
      Timing timing,
      Predicate<RuntimeException> isOutage) {
    this.levels = levels;
    first = levels.first().orElseGet(NoLevel::new);
    Counters counters = new Counters();
    parts =
        new Parts<>(
            first,
            new SecondLevel<>(levels.second().orElse(null), settings, timing, counters),
            levels.spare().orElseGet(NoLevel::new),
            new Flights<>(),
            counters,
            settings,
            timing);
    hearing =
        new Hearings(
            levels.second().map(level -> hear(level.coherence())).orElse(null),
            levels.others().map(this::hearOthers).orElse(null));
    long patienceNanos = guard(levels).toNanos() / 2;
    reads = new Reads<>(parts, new Loads<>(parts, isOutage, patienceNanos), patienceNanos);
    writes = new Writes<>(parts, hearing, patienceNanos);
  }

  private Hearing hear(Coherence second) {
    Duration alone = parts.settings().outage().alone();
    Hearing hears = new Hearing(second, alone, parts.timing().nanos(), parts::voidedAll, false);
    second.listen(parts);
    return hears;
  }

  /** What was missed is missing in level 2 too. */
  private Hearing hearOthers(Coherence others) {
    Duration alone = parts.settings().outage().alone();
    Runnable forget = () -> Writes.clearAll(parts);
    Hearing hears = new Hearing(others, alone, parts.timing().nanos(), forget, true);
    others.listen(new OthersListener(parts, hears));
    return hears;
  }

  private static Duration guard(CacheLevels<?> levels) {
    return Stream.of(levels.first(), levels.second(), levels.spare())
        .flatMap(Optional::stream)
        .map(level -> level.coherence().guard())
        .min(Duration::compareTo)
        .orElseThrow();
  }

  /** The value under a key; if it is in no level, what the loader gives. */
  public Optional<V> get(CacheKey key, Loader<V> loader) {
    if (!hearing.isHeard()) {
      return reads.past(key, loader);
    }
    Optional<CacheEntry<V>> entry = first.get(key).entry();
    return entry.isPresent() ? entry.get().value() : reads.read(key, loader);
  }

  /** The value under a key if it is in a level. */
  public Optional<V> getIfPresent(CacheKey key) {
    if (!hearing.isHeard()) {
      return reads.past(key, null);
    }
    Optional<CacheEntry<V>> entry = first.get(key).entry();
    return entry.isPresent() ? entry.get().value() : reads.read(key, null);
  }

  /** Whether an entry is in a level; neither a hit nor a miss. */
  public boolean exists(CacheKey key) {
    if (!hearing.isHeard()) {
      return false;
    }
    if (first.exists(key)) {
      return true;
    }
    Boolean there = parts.second().ask(key.space(), level -> level.exists(key));
    return there != null && there;
  }

  /**
   * Puts a value in the place of what is there. What has its truth elsewhere is to be voided
   * instead: of two writers, the one who commits later need not be the one who puts later.
   *
   * @param ttl its time to live; empty for that of the settings
   */
  public void put(CacheKey key, V value, Optional<Duration> ttl) {
    writes.put(key, value, ttl);
  }

  /**
   * Puts a value if nothing is there; whether it did.
   *
   * @throws org.muster.cache.CacheLevelException if level 2, which decides, does not answer
   */
  public boolean putIfVacant(CacheKey key, V value, Optional<Duration> ttl) {
    return writes.putIfVacant(key, value, ttl);
  }

  /** Looks what is under a key that is about to be written elsewhere; neither a hit nor a miss. */
  public Seen<V> look(CacheKey key) {
    return writes.look(key);
  }

  /**
   * Puts what was written elsewhere in the place of what was seen before, if that is there still;
   * called after the commit and before anybody is told. If not, the key is voided: another one has
   * written too, and nobody knows who was the later. Whether it was put.
   */
  public boolean replace(CacheKey key, Seen<V> seen, V value) {
    return writes.replace(key, seen, value);
  }

  /**
   * Says that what is under a key may be old; called after the commit and before anybody is told.
   * False if level 2 does not know yet: other nodes may serve the old value until it does, at most
   * for its time to live.
   */
  public boolean voidKey(CacheKey key) {
    return writes.voidKey(key);
  }

  /** Removes what is under a key; whether something was there. */
  public boolean remove(CacheKey key) {
    return writes.remove(key);
  }

  /** Keys of entries: those of level 2, or of level 1 if there is no other or it fails. */
  public KeyPage keys(KeyQuery query) {
    KeyPage there = parts.second().ask(query.space(), level -> level.keys(query));
    if (there != null) {
      return there;
    }
    return hearing.isHeard() ? first.keys(query) : new KeyPage(List.of(), Optional.empty());
  }

  /** Removes all entries of a space; how many there were. */
  public long clear(CacheSpace space) {
    return writes.clear(space);
  }

  /** Removes everything; false if level 2 does not know yet. */
  public boolean clearAll() {
    return writes.clearAll();
  }

  /** Removes what has expired in a space; how many entries. */
  public long cleanUp(CacheSpace space) {
    Long there = parts.second().ask(space, level -> level.cleanUp(space));
    return Math.max(first.cleanUp(space), there == null ? 0 : there);
  }

  /** What was done for a space. */
  public CacheStats stats(CacheSpace space) {
    LevelStats there = parts.second().ask(space, level -> level.stats(space));
    return CacheStats.of(
        parts.counters().ifPresent(space),
        first.stats(space),
        there == null ? LevelStats.NONE : there);
  }

  /**
   * What was done for all spaces on this node; of level 2 only its reads.
   *
   * @param one what its level 1 has done for all of them
   */
  public CacheStats total(LevelStats one) {
    return CacheStats.of(parts.counters().total(), one, LevelStats.NONE);
  }

  /** Whether the cache is relied upon: this node hears what others void, or has no others. */
  public boolean isHeard() {
    return hearing.isHeard();
  }

  /**
   * Whether something may be under a key, relied upon now or not; never false if this node or
   * another one may serve something.
   */
  public boolean mayHave(CacheKey key) {
    return hasSecond() || first.exists(key) || parts.spare().exists(key);
  }

  /** Whether there is a level 2. */
  public boolean hasSecond() {
    return parts.second().isPresent();
  }

  /** Spaces of a tenant that have entries in a level, by name. */
  public SortedSet<CacheSpace> spaces(TenantId tenant) {
    SortedSet<CacheSpace> found = new TreeSet<>(Comparator.comparing(CacheSpace::name));
    found.addAll(first.spaces(tenant));
    Set<CacheSpace> there = parts.second().askAny(level -> level.spaces(tenant));
    if (there != null) {
      found.addAll(there);
    }
    return found;
  }

  /** How it works. */
  public CacheSettings settings() {
    return parts.settings();
  }

  /** Whether level 2 answers as far as is known, or there is none. */
  public boolean isWhole() {
    return parts.second().answers();
  }

  /** Closes its levels. */
  @Override
  public void close() {
    Stream.of(levels.first(), levels.second(), levels.spare())
        .flatMap(Optional::stream)
        .forEach(CacheLevel::close);
  }
}
