package org.muster.cache;

/**
 * What a level has done for a space since it was made on this node.
 *
 * @param hits reads that found an entry, of a known absence too
 * @param misses reads that found none
 * @param entries entries at present, expired ones that are still there included; an estimate
 * @param bytes their weight
 * @param evictions entries that gave way to others
 * @param expirations entries whose lifetime was over
 * @param corrupt entries that could not be read, and were removed
 * @param failures calls that the level could not answer
 */
public record LevelStats(
    long hits,
    long misses,
    long puts,
    long entries,
    long bytes,
    long evictions,
    long expirations,
    long corrupt,
    long failures) {
  /** Nothing was done. */
  public static final LevelStats NONE = new LevelStats(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** What both have done together. */
  public LevelStats plus(LevelStats other) {
    return new LevelStats(
        hits + other.hits,
        misses + other.misses,
        puts + other.puts,
        entries + other.entries,
        bytes + other.bytes,
        evictions + other.evictions,
        expirations + other.expirations,
        corrupt + other.corrupt,
        failures + other.failures);
  }

  /** The same, and nothing is there any more. */
  public LevelStats withoutEntries() {
    return new LevelStats(hits, misses, puts, 0, 0, evictions, expirations, corrupt, failures);
  }
}
