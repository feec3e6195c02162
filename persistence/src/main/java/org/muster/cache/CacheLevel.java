package org.muster.cache;

import java.util.Set;
import org.muster.kernel.TenantId;

/**
 * One level of a cache. Thread-safe. It is bounded by weight; what is over gives way. An entry
 * whose lifetime is over is never served. Any call may throw {@link CacheLevelException}, and no
 * exception of a driver; calls end within the time-out that the level was made with. Nothing here
 * takes part in a transaction.
 *
 * <p><b>Order.</b> A key that was voided remembers it for at least {@link Coherence#guard}, though
 * nothing is served meanwhile. Who loads a value looks at the slot first, and puts it on condition
 * that the slot has the same {@link Slot#mark}; who writes voids the key after the commit and
 * before telling anybody. So a value that was loaded before a write is not there after it, as long
 * as loading takes no longer than the guard.
 */
public interface CacheLevel<V> extends AutoCloseable {

  /** What is there; a hit or a miss. An entry that can't be read is removed, and a miss. */
  Slot<V> get(CacheKey key);

  /** What is there, as {@link #get} says it; neither a hit nor a miss, and no read. */
  Slot<V> peek(CacheKey key);

  /** Whether an entry is served under the key; neither a hit nor a miss, and no read. */
  boolean exists(CacheKey key);

  /**
   * Puts an entry if the condition holds, in one atomic step; true if it did, even if the entry was
   * over the bound and gave way at once.
   */
  boolean put(CacheKey key, CacheEntry<V> entry, PutCondition condition);

  /**
   * Removes what is there and leaves a mark that no other slot has; true if an entry was served.
   */
  boolean voidKey(CacheKey key);

  /** A page of keys under which entries are served, at most 1,000. */
  KeyPage keys(KeyQuery query);

  /** Voids all keys of a space, those that are being loaded too; how many entries there were. */
  long clear(CacheSpace space);

  /** Voids all keys of all spaces. */
  void clearAll();

  /** Removes what has expired in a space; how many entries. */
  long cleanUp(CacheSpace space);

  /** Spaces of a tenant that have entries. */
  Set<CacheSpace> spaces(TenantId tenant);

  /** What was done. */
  LevelStats stats(CacheSpace space);

  /** How long voiding is remembered, and who is told of what other nodes do. */
  Coherence coherence();

  @Override
  void close();
}
