package org.muster.cache.infinispan;

import org.infinispan.configuration.cache.CacheMode;

/** What the nodes share of a level. */
public enum Sharing {
  /** Nothing: there is one node. */
  LOCAL(CacheMode.LOCAL),
  /** Each node has all entries. A read is of this node, a write waits for all. */
  REPLICATED(CacheMode.REPL_SYNC),
  /** Each entry is on two nodes. A read may be of another one. */
  DISTRIBUTED(CacheMode.DIST_SYNC),
  /**
   * Each node has what it has loaded itself; voiding reaches all. Whether a slot is vacant is asked
   * of this node alone.
   */
  INVALIDATION(CacheMode.LOCAL);

  private final CacheMode mode;

  Sharing(CacheMode mode) {
    this.mode = mode;
  }

  /** How Infinispan keeps the entries. */
  CacheMode entries() {
    return mode;
  }

  /** Whether each node has all that it can read. */
  boolean isHere() {
    return this != DISTRIBUTED;
  }

  /** Whether other nodes are told by notices, since they do not all see what is written. */
  boolean needsNotices() {
    return this == DISTRIBUTED || this == INVALIDATION;
  }
}
