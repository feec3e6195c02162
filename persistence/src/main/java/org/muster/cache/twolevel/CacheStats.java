package org.muster.cache.twolevel;

import org.jspecify.annotations.Nullable;
import org.muster.cache.LevelStats;

/**
 * What a cache has done for a space on this node. A read is one hit or one miss of the whole,
 * whatever the levels did: {@code hits = first.hits + second.hits}, and what level 1 misses is what
 * level 2 is asked for.
 *
 * @param misses reads that no level could answer
 * @param loads how often the value was loaded
 * @param loadFailures how often that failed
 * @param stale reads that were answered with what was over, since loading failed
 * @param late values that were not kept because loading took too long
 * @param entries those of level 2 if there is one, since level 1 has some of the same
 * @param bytes of both levels
 */
public record CacheStats(
    long hits,
    long misses,
    long loads,
    long loadFailures,
    long stale,
    long late,
    long entries,
    long bytes,
    LevelStats first,
    LevelStats second) {

  /** Hits of all reads; 0 if nothing was read. */
  public double hitRatio() {
    long reads = hits + misses;
    return reads == 0 ? 0 : (double) hits / reads;
  }

  public long evictions() {
    return first.evictions() + second.evictions();
  }

  public long expirations() {
    return first.expirations() + second.expirations();
  }

  static CacheStats of(Counters.@Nullable OfSpace reads, LevelStats one, LevelStats two) {
    Counters.OfSpace counted = reads == null ? new Counters.OfSpace() : reads;
    long firstHits = one.hits() + counted.joinedFirst.sum();
    long secondHits = counted.second.sum();
    long misses = counted.misses.sum();
    return new CacheStats(
        firstHits + secondHits,
        misses,
        counted.loads.sum(),
        counted.loadFailures.sum(),
        counted.stale.sum(),
        counted.late.sum(),
        Math.max(one.entries(), two.entries()),
        one.bytes() + two.bytes(),
        reads(one, firstHits, secondHits + misses, one.failures()),
        reads(two, secondHits, misses, counted.failures.sum()));
  }

  private static LevelStats reads(LevelStats level, long hits, long misses, long failures) {
    return new LevelStats(
        hits,
        misses,
        level.puts(),
        level.entries(),
        level.bytes(),
        level.evictions(),
        level.expirations(),
        level.corrupt(),
        failures);
  }
}
