package org.muster.cache.twolevel;

import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.VoidListener;

/** Hears of what those have done who do not share level 2, so that this does not know of it. */
record OthersListener(Parts<?> parts, Hearing hearing) implements VoidListener {
  @Override
  public void voided(CacheKey key) {
    if (parts.second().isPresent()) {
      parts.second().remember(new Voiding.OfKey(key));
    }
    parts.voided(key);
  }

  @Override
  public void voided(CacheSpace space) {
    if (parts.second().isPresent()) {
      parts.second().remember(new Voiding.OfSpace(space));
    }
    parts.voided(space);
  }

  /** Done with the next read, since it may take its time. */
  @Override
  public void voidedAll() {
    hearing.distrust();
  }
}
