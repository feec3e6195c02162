package org.muster.cache.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.muster.cache.Codec;

/** The driver of Redis in this process, whatever levels it has. */
public final class RedisNode implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 100_000;
  private static final long END_SECONDS = 5;

  private final RedisSettings settings;
  private final Clock clock;
  private final ClientResources resources;
  private final RedisClient client;

  public RedisNode(RedisSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .protocolVersion(ProtocolVersion.RESP3)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .requestQueueSize(MOST_WAITING)
            .socketOptions(
                SocketOptions.builder().connectTimeout(settings.timeout()).keepAlive(true).build())
            .build());
  }

  /**
   * Makes a level, or takes part in the one of that name. It need not be reachable yet.
   *
   * @param name 1 to 64 of a-z, 0-9 and '-'
   * @param maxBytes what an entry may weigh; the level as a whole is bounded by the server
   */
  public <V> RedisLevel<V> level(String name, long maxBytes, Codec<V> codec) {
    if (!name.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("Not a name of a level (1 to 64 of a-z 0-9 -)");
    }
    RedisLevel<V> level =
        new RedisLevel<>(
            client, settings, settings.namespace() + ":" + name, codec, clock, maxBytes);
    level.open();
    return level;
  }

  @Override
  public void close() {
    client.shutdown(0, END_SECONDS, TimeUnit.SECONDS);
    resources.shutdown(0, END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
