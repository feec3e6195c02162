package org.muster.storage;

import java.time.Duration;

/**
 * How writes that are acknowledged early are doing on this node.
 *
 * @param entries how many the store does not have yet
 * @param bytes how long their entries in the log are
 * @param oldest for how long the first of them has been waiting
 * @param logBytes how large the log is
 * @param written how many the store got since the start
 * @param coalesced how many of these it got within a later one of the same key
 * @param letters dead letters that are kept
 * @param dead writes that became dead letters since the start
 * @param dropped writes that were dropped since the start, with whom they were about
 * @param corrupt pieces of the log that were not as they had been written
 * @param refused writes that found it full for too long
 * @param syncs how often the log was forced to disk
 * @param syncTime how long that took in all
 */
public record BehindFigures(
    long entries,
    long bytes,
    Duration oldest,
    long logBytes,
    long written,
    long coalesced,
    long letters,
    long dead,
    long dropped,
    long corrupt,
    long refused,
    long syncs,
    Duration syncTime) {
  /** Of none. */
  public static final BehindFigures NONE =
      new BehindFigures(0, 0, Duration.ZERO, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);
}
