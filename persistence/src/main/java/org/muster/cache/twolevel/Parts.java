package org.muster.cache.twolevel;

import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheSpace;
import org.muster.cache.VoidListener;

/** What a cache works with. */
record Parts<V>(
    CacheLevel<V> first,
    SecondLevel<V> second,
    CacheLevel<V> spare,
    Flights<V> flights,
    Counters counters,
    CacheSettings settings,
    Timing timing)
    implements VoidListener {

  /** Forgets on this node what was under a key. Level 2 must know already, or not be used. */
  @Override
  public void voided(CacheKey key) {
    forget(key);
  }

  @Override
  public void voided(CacheSpace space) {
    forget(space);
  }

  @Override
  public void voidedAll() {
    first.clearAll();
    spare.clearAll();
    flights.detachAll();
  }

  boolean forget(CacheKey key) {
    boolean served = first.voidKey(key);
    spare.voidKey(key);
    flights.detach(key); // after the marks: who joins before could not leave an old value behind
    return served;
  }

  long forget(CacheSpace space) {
    long entries = first.clear(space);
    spare.clear(space);
    flights.detach(space);
    return entries;
  }
}
