package org.muster.cache.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheLevelException;

/**
 * Keeps a session open: connects, asks every now and then whether the server is still there, and
 * connects again. The driver does not: it would send commands of one run of the server to the next.
 */
final class RedisLink implements AutoCloseable {
  /** Hears how the link is doing. Must not block. */
  interface Watcher {
    void pushed(RedisNames names, PushMessage message);

    void interrupted();
  }

  private static final Pattern RUN = Pattern.compile("(?m)^run_id:([0-9a-f]{16})");
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

  private final RedisClient client;
  private final RedisSettings settings;
  private final String level;
  private final Watcher watcher;
  private final Thread keeper;
  private final Object lock = new Object();
  private final Semaphore wake = new Semaphore(0);
  private volatile @Nullable RedisSession session;
  private volatile boolean closed;

  RedisLink(RedisClient client, RedisSettings settings, String level, Watcher watcher) {
    this.client = client;
    this.settings = settings;
    this.level = level;
    this.watcher = watcher;
    this.keeper = new Thread(this::keep, "muster-redis-" + level);
    keeper.setDaemon(true);
  }

  /** Connects if the server is there, and goes on trying if it is not. */
  void open() {
    connect();
    keeper.start();
  }

  /** The session that is open. */
  RedisSession session() {
    RedisSession open = session;
    if (open == null) {
      throw new CacheLevelException("There is no connection to Redis");
    }
    return open;
  }

  boolean isOpen() {
    return session != null;
  }

  /** Has it checked now whether the server still answers. */
  void suspect() {
    wake.release();
  }

  private void keep() {
    long pause = SHORTEST_PAUSE.toMillis();
    while (!closed) {
      RedisSession open = session;
      if (open == null) {
        pause =
            connect() ? SHORTEST_PAUSE.toMillis() : Math.min(2 * pause, LONGEST_PAUSE.toMillis());
      } else if (!answers(open)) {
        lose(open);
      }
      rest(session == null ? pause : settings.heartbeat().toMillis());
    }
  }

  private void rest(long millis) {
    try {
      if (wake.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private boolean answers(RedisSession open) {
    try {
      return open.await(open.commands().ping()) != null;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private boolean connect() {
    StatefulRedisConnection<byte[], byte[]> connection = null;
    try {
      connection = client.connect(ByteArrayCodec.INSTANCE, settings.uri());
      RedisNames names = new RedisNames(level, run(connection));
      RedisSession fresh = new RedisSession(connection, names, settings.timeout());
      connection.addListener(message -> watcher.pushed(names, message));
      for (Script script : Script.values()) {
        fresh.await(fresh.commands().scriptLoad(script.text()));
      }
      fresh.await(fresh.commands().clientTracking(tracking(names)));
      // From here on changes are heard of; what was missed before may be anything.
      watcher.interrupted();
      session = fresh;
      connection.addListener(new Ending(this, fresh));
      if (closed || !connection.isOpen()) {
        lose(fresh);
      }
      return true;
    } catch (RuntimeException e) {
      if (connection != null) {
        connection.close();
      }
      return false;
    }
  }

  private static TrackingArgs tracking(RedisNames names) {
    return TrackingArgs.Builder.enabled()
        .bcast()
        .prefixes(names.cellPrefix(), names.generationPrefix(), names.allName())
        .noloop();
  }

  private String run(StatefulRedisConnection<byte[], byte[]> connection) {
    RedisSession unnamed =
        new RedisSession(connection, new RedisNames(level, "none"), settings.timeout());
    String info = unnamed.await(connection.async().info("server"));
    Matcher run = RUN.matcher(info == null ? "" : info);
    if (!run.find()) {
      throw new CacheLevelException("Redis does not say which run it is");
    }
    return run.group(1);
  }

  /** Ends a session that does not answer, or whose connection has ended. */
  void lose(RedisSession lost) {
    synchronized (lock) {
      if (session != lost) {
        return;
      }
      session = null;
    }
    wake.release();
    lost.close();
    watcher.interrupted();
  }

  @Override
  public void close() {
    RedisSession open = session;
    closed = true;
    session = null;
    wake.release();
    if (open != null) {
      open.close();
    }
    try {
      keeper.join(settings.timeout().toMillis() * 2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
