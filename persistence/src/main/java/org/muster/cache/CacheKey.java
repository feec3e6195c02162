package org.muster.cache;

import org.muster.kernel.Folding;

/**
 * Under which an entry lies.
 *
 * @param text 1 to 512 characters, well-formed Unicode without U+0000
 */
public record CacheKey(CacheSpace space, String text) {
  /** The most characters of a key. */
  public static final int MAX_LENGTH = 512;

  public CacheKey {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !Folding.isStorable(text)) {
      throw new IllegalArgumentException("Not a key of a cache (1 to 512 characters)");
    }
  }
}
