package org.muster.cache.infinispan;

import java.util.Objects;
import org.infinispan.AdvancedCache;
import org.muster.cache.CacheKey;
import org.muster.cache.coded.CellKeys;

/** Writes past a level. */
final class Spoiling {
  private Spoiling() {}

  /** Flips a bit of a cell's last byte. */
  static void flip(InfinispanNode node, String level, CacheKey key) {
    AdvancedCache<byte[], byte[]> cache = node.cache(level);
    byte[] cell = Objects.requireNonNull(cache.get(CellKeys.bytes(key))).clone();
    cell[cell.length - 1] ^= 1;
    cache.put(CellKeys.bytes(key), cell);
  }

  static void write(InfinispanNode node, String level, CacheKey key, byte[] bytes) {
    node.cache(level).put(CellKeys.bytes(key), bytes);
  }
}
