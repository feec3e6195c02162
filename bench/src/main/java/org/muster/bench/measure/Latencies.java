package org.muster.bench.measure;

import java.util.Arrays;

/** Every latency of a run, exact to the microsecond. */
public final class Latencies {
  private int[] micros = new int[1024];
  private int count;

  public void add(long nanos) {
    if (count == micros.length) {
      micros = Arrays.copyOf(micros, count * 2);
    }
    micros[count++] = (int) Math.min(Integer.MAX_VALUE, nanos / 1000);
  }

  public int count() {
    return count;
  }

  /**
   * The smallest latency that {@code share} of all do not exceed (nearest rank), in milliseconds;
   * not a number if there is none.
   *
   * @param share more than 0, at most 1
   */
  public double percentileMillis(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    int[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * count);
    return sorted[Math.max(1, rank) - 1] / 1000.0;
  }
}
