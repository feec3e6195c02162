package org.muster.scim.bulk;

import java.util.Arrays;

/** Where the records of a spool are, by number. */
final class Places {
  private long[] places = new long[16];
  private int[] lengths = new int[16];

  void set(int number, long place, int length) {
    if (number >= places.length) {
      int more = Math.max(number + 1, 2 * places.length);
      places = Arrays.copyOf(places, more);
      lengths = Arrays.copyOf(lengths, more);
    }
    places[number] = place;
    lengths[number] = length;
  }

  long place(int number) {
    return places[number];
  }

  /** 0 if there is no record of that number. */
  int length(int number) {
    return number < lengths.length ? lengths[number] : 0;
  }
}
