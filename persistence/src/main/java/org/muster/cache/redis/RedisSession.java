package org.muster.cache.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheLevelException;

/** A connection to one run of a server. It ends with the connection, and none takes its place. */
final class RedisSession {
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final RedisAsyncCommands<byte[], byte[]> commands;
  private final RedisNames names;
  private final long timeoutMillis;

  RedisSession(
      StatefulRedisConnection<byte[], byte[]> connection, RedisNames names, Duration timeout) {
    this.connection = connection;
    this.commands = connection.async();
    this.names = names;
    this.timeoutMillis = timeout.toMillis();
  }

  RedisNames names() {
    return names;
  }

  RedisAsyncCommands<byte[], byte[]> commands() {
    return commands;
  }

  boolean is(Object other) {
    return connection == other;
  }

  void close() {
    var unused = connection.closeAsync();
  }

  /** What a script says that gives a text. */
  byte[] say(Script script, byte[][] keys, byte[]... arguments) {
    return (byte[]) run(script, keys, arguments);
  }

  /** What a script says that gives several things. */
  @SuppressWarnings("unchecked") // all of our lists are of texts and numbers
  List<Object> list(Script script, byte[][] keys, byte[]... arguments) {
    return (List<Object>) run(script, keys, arguments);
  }

  private Object run(Script script, byte[][] keys, byte[]... arguments) {
    Object answer;
    try {
      answer = await(commands.evalsha(script.digest(), script.output(), keys, arguments));
    } catch (RedisNoScriptException e) {
      answer = await(commands.eval(script.text(), script.output(), keys, arguments));
    }
    if (answer == null) {
      throw new CacheLevelException("Redis gave no answer");
    }
    return answer;
  }

  /** Has a script run; nobody waits for it. */
  void send(Script script, byte[][] keys, byte[]... arguments) {
    var unused = commands.evalsha(script.digest(), script.output(), keys, arguments);
  }

  <T> @Nullable T await(RedisFuture<T> future) {
    try {
      return future.get(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RedisNoScriptException unknown) {
        throw unknown;
      }
      throw new CacheLevelException("Redis did not do it", e);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new CacheLevelException("Redis did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheLevelException("Interrupted while Redis was asked", e);
    } catch (CancellationException | RedisException e) {
      throw new CacheLevelException("Redis did not answer", e);
    }
  }
}
