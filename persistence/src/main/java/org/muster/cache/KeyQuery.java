package org.muster.cache;

/**
 * Which keys are wanted.
 *
 * @param prefix with which they begin; may be empty
 * @param after behind which one, by code point; empty for from the first on
 * @param limit 1 to 1,000
 */
public record KeyQuery(CacheSpace space, String prefix, String after, int limit) {
  /** The most keys of a page. */
  public static final int MAX_LIMIT = 1_000;

  public KeyQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("A page of keys has 1 to " + MAX_LIMIT);
    }
  }
}
