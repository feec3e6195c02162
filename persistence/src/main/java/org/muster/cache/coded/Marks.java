package org.muster.cache.coded;

import java.util.concurrent.ThreadLocalRandom;

/** Numbers that nobody else has drawn. */
public final class Marks {
  private Marks() {}

  /** What voiding leaves: negative, and random enough to be the only one. */
  public static long next() {
    return negative(ThreadLocalRandom.current().nextLong());
  }

  /** A generation of a space; any number. */
  public static long generation() {
    return ThreadLocalRandom.current().nextLong();
  }

  /** A mark that is another one in every generation. */
  public static long mixed(long mark, long generation) {
    long bits = (mark ^ Long.rotateLeft(generation, 32)) * 0x9E3779B97F4A7C15L;
    return negative(bits ^ (bits >>> 29));
  }

  private static long negative(long bits) {
    return bits | Long.MIN_VALUE;
  }
}
