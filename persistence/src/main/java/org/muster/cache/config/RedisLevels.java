package org.muster.cache.config;

import io.lettuce.core.RedisURI;
import java.time.Clock;
import java.time.Duration;
import org.muster.cache.CacheLevel;
import org.muster.cache.Codec;
import org.muster.cache.redis.RedisNode;
import org.muster.cache.redis.RedisSettings;
import org.muster.config.Settings;

/** Levels in a Redis, which all nodes are to be given alike. */
final class RedisLevels implements SecondLevels {
  private static final String URL = "muster.redis.url";
  private static final String NAMESPACE = "muster.redis.namespace";

  private final RedisNode node;
  private final String name;

  RedisLevels(RedisSettings settings) {
    node = new RedisNode(settings, Clock.systemUTC());
    name = name(settings);
  }

  /** The configured one; no message shows the URL, which may have a password. */
  static RedisSettings settings(Settings settings, Duration guard) {
    String url =
        settings
            .text(URL)
            .orElseThrow(() -> new IllegalStateException("muster.cache.second=redis takes " + URL));
    String namespace = settings.text(NAMESPACE).orElse("muster");
    Duration timeout =
        Duration.ofMillis(settings.number("muster.redis.timeout-millis", 10, 60_000, 1_000));
    Duration heartbeat =
        Duration.ofMillis(settings.number("muster.redis.heartbeat-millis", 100, 60_000, 1_000));
    try {
      return new RedisSettings(RedisSettings.uri(url), namespace, timeout, guard, heartbeat);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(URL + ", " + NAMESPACE + ": " + e.getMessage());
    }
  }

  /** Under which those who use the same Redis hear each other. */
  static String name(RedisSettings settings) {
    RedisURI uri = settings.uri();
    return "redis/%s:%d/%d/%s"
        .formatted(uri.getHost(), uri.getPort(), uri.getDatabase(), settings.namespace());
  }

  @Override
  public String word() {
    return "redis";
  }

  @Override
  public <V> CacheLevel<V> open(String name, long maxBytes, Codec<V> codec) {
    return node.level(name, maxBytes, codec);
  }

  @Override
  public boolean hears(String node) {
    return name.equals(node);
  }

  @Override
  public void close() {
    node.close();
  }
}
