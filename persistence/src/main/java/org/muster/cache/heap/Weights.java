package org.muster.cache.heap;

/** Bytes, as far as an int counts them. */
final class Weights {
  private Weights() {}

  static int sum(int one, int other) {
    return (int) Math.min(Integer.MAX_VALUE, (long) one + Math.max(0, other));
  }
}
