package org.muster.cache;

/** Hears what others have done to a level. Called on threads of the level; must not block. */
public interface VoidListener {
  /** What was there under the key is not to be relied on. */
  void voided(CacheKey key);

  /** Likewise, of a whole space. */
  void voided(CacheSpace space);

  /** Something may have been missed: nothing is to be relied on. */
  void voidedAll();
}
