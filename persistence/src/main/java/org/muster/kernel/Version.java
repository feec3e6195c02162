package org.muster.kernel;

/**
 * The version of one stored document: a positive number from a counter of the whole store. It is
 * never reused for a key, not after a purge either. Versions say equal or different; a larger one
 * need not be the later one.
 */
public record Version(long value) {
  public Version {
    if (value <= 0) {
      throw new IllegalArgumentException("A version is positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
