package org.muster.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.api.push.PushMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.Coherence;
import org.muster.cache.VoidListener;

/**
 * Tells of what Redis says has changed. It says so to others at about the time when it answers the
 * one who changed it, and they hear it a moment later.
 */
final class RedisFeed implements Coherence, RedisLink.Watcher {
  private final List<VoidListener> listeners = new CopyOnWriteArrayList<>();
  private final Duration guard;
  private final BooleanSupplier connected;
  private final Runnable missed;

  /**
   * Makes one.
   *
   * @param missed called before all others if something may have been missed
   */
  RedisFeed(Duration guard, BooleanSupplier connected, Runnable missed) {
    this.missed = missed;
    this.guard = guard;
    this.connected = connected;
  }

  @Override
  public Duration guard() {
    return guard;
  }

  @Override
  public void listen(VoidListener listener) {
    listeners.add(listener);
  }

  @Override
  public boolean isImmediate() {
    return false;
  }

  @Override
  public boolean isConnected() {
    return connected.getAsBoolean();
  }

  @Override
  public void interrupted() {
    missed.run();
    listeners.forEach(VoidListener::voidedAll);
  }

  @Override
  public void pushed(RedisNames names, PushMessage message) {
    if (!"invalidate".equals(message.getType())) {
      return;
    }
    List<Object> content = message.getContent();
    if (content.size() < 2 || !(content.get(1) instanceof List<?> changed)) {
      // The whole database was emptied.
      interrupted();
      return;
    }
    for (Object name : changed) {
      changed(names, text(name));
    }
  }

  private void changed(RedisNames names, @Nullable String name) {
    CacheKey key = name == null ? null : names.key(name);
    CacheSpace space = name == null ? null : names.space(name);
    if (key != null) {
      listeners.forEach(listener -> listener.voided(key));
    } else if (space != null) {
      listeners.forEach(listener -> listener.voided(space));
    } else {
      interrupted();
    }
  }

  private static @Nullable String text(Object name) {
    return name instanceof ByteBuffer buffer ? UTF_8.decode(buffer.duplicate()).toString() : null;
  }
}
