package org.muster.cache.config;

import org.muster.cache.CacheLevel;
import org.muster.cache.Codec;

/** Makes level 2 of caches, all in the same place. */
interface SecondLevels extends AutoCloseable {
  /** The name in metrics. */
  String word();

  /** The level of a cache, which all nodes know by that name. */
  <V> CacheLevel<V> open(String name, long maxBytes, Codec<V> codec);

  /** Whether the node of a name tells this one what it voids. */
  boolean hears(String node);

  @Override
  void close();
}
