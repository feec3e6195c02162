package org.muster.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.api.push.PushMessage;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.VoidListener;
import org.muster.cache.coded.ToldCoherence;

/**
 * Tells of what Redis says has changed. It says so to others at about the time when it answers the
 * one who changed it, and they hear it a moment later.
 */
final class RedisFeed implements RedisLink.Watcher {
  private final ToldCoherence coherence;
  private final Runnable missed;

  /**
   * Makes one.
   *
   * @param coherence whose listeners are told
   * @param missed called before all others if something may have been missed
   */
  RedisFeed(ToldCoherence coherence, Runnable missed) {
    this.coherence = coherence;
    this.missed = missed;
  }

  @Override
  public void interrupted() {
    missed.run();
    coherence.tell(VoidListener::voidedAll);
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
      coherence.tell(listener -> listener.voided(key));
    } else if (space != null) {
      coherence.tell(listener -> listener.voided(space));
    } else {
      interrupted();
    }
  }

  private static @Nullable String text(Object name) {
    return name instanceof ByteBuffer buffer ? UTF_8.decode(buffer.duplicate()).toString() : null;
  }
}
