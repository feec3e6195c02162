package org.muster.cache.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateAdapter;

/** Hears that the connection of a session has ended. */
final class Ending extends RedisConnectionStateAdapter {
  private final RedisLink link;
  private final RedisSession session;

  Ending(RedisLink link, RedisSession session) {
    this.link = link;
    this.session = session;
  }

  @Override
  public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
    link.lose(session);
  }
}
