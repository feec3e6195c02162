package org.muster.cache.infinispan;

/**
 * One level.
 *
 * @param name the level has the same on all nodes; 1 to 64 of a-z, 0-9 and '-'
 * @param maxBytes what entries may weigh on a node; 0 if they are counted
 * @param maxEntries how many a node may have; 0 if they are weighed
 */
public record LevelSettings(String name, Sharing sharing, long maxBytes, long maxEntries) {
  public LevelSettings {
    if (!name.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("Not a name of a level (1 to 64 of a-z 0-9 -)");
    }
    if (maxBytes < 0 || maxEntries < 0 || (maxBytes == 0) == (maxEntries == 0)) {
      throw new IllegalArgumentException("A level is bounded by bytes or by entries");
    }
  }
}
