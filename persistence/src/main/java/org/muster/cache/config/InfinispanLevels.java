package org.muster.cache.config;

import java.time.Clock;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheLevelException;
import org.muster.cache.Codec;
import org.muster.cache.infinispan.InfinispanNode;
import org.muster.cache.infinispan.LevelSettings;
import org.muster.cache.infinispan.Network;
import org.muster.cache.infinispan.NodeSettings;
import org.muster.cache.infinispan.Sharing;

/** Levels in Infinispan, in this process and in those of the other nodes. */
final class InfinispanLevels implements SecondLevels {
  private final Sharing sharing;
  private final InfinispanNode node;

  /**
   * Starts the node.
   *
   * @throws IllegalStateException if it can't be
   */
  InfinispanLevels(NodeSettings settings, Sharing sharing) {
    this.sharing = sharing;
    try {
      node =
          InfinispanNode.start(
              settings, Clock.systemUTC(), InfinispanLevels.class.getClassLoader());
    } catch (CacheLevelException e) {
      throw new IllegalStateException(
          "Level 2 of the caches can't start"
              + settings.network().map(InfinispanLevels::question).orElse(""),
          e);
    }
  }

  private static String question(Network network) {
    String address = network.bind().getAddress().getHostAddress();
    return "; are " + address + ":" + network.bind().getPort() + " and the port 100 above it free?";
  }

  @Override
  public String word() {
    return "infinispan";
  }

  @Override
  public <V> CacheLevel<V> open(String name, long maxBytes, Codec<V> codec) {
    return node.level(new LevelSettings(name, sharing, maxBytes, 0), codec);
  }

  @Override
  public boolean hears(String other) {
    return node.isPresent(other);
  }

  @Override
  public void close() {
    node.close();
  }
}
