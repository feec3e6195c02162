package org.muster.cache.redis;

import io.lettuce.core.RedisURI;
import java.time.Duration;

/**
 * Where Redis is and how it is spoken to.
 *
 * @param uri with password, database, and TLS if its scheme is {@code rediss}; it is never shown
 * @param namespace with which all keys begin: 1 to 64 of a-z, A-Z, 0-9, '.', '_' and '-'
 * @param timeout in which a command is answered
 * @param guard how long voiding is remembered
 * @param heartbeat how often it is asked whether it is still there
 */
public record RedisSettings(
    RedisURI uri, String namespace, Duration timeout, Duration guard, Duration heartbeat) {
  public RedisSettings {
    if (!namespace.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException("Not a namespace (1 to 64 of A-Z a-z 0-9 . _ -)");
    }
    for (Duration each : new Duration[] {timeout, guard, heartbeat}) {
      if (each.toMillis() < 1) {
        throw new IllegalArgumentException("Time-out, guard and heartbeat are positive");
      }
    }
  }

  /** Reads a URL such as {@code rediss://user:password@host:6379/0}; an error does not show it. */
  public static RedisURI uri(String url) {
    try {
      return RedisURI.create(url);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "Not the URL of a Redis (redis://host:6379, rediss://user:password@host:6380/0)");
    }
  }

  @Override
  public String toString() {
    return "RedisSettings[" + uri.getHost() + ":" + uri.getPort() + ", " + namespace + "]";
  }
}
