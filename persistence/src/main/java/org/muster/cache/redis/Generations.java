package org.muster.cache.redis;

import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheSpace;
import org.muster.cache.coded.CellHeader;
import org.muster.cache.coded.CellKeys;
import org.muster.cache.coded.Marks;
import org.muster.cache.coded.SpaceState;
import org.muster.cache.coded.SpaceView;

/** The generations of spaces as Redis has them. */
final class Generations {
  private Generations() {}

  /** Takes what was read; makes one if there was none, which outdates what this node has seen. */
  static SpaceView seen(
      RedisSession session, CacheSpace space, SpaceState state, byte @Nullable [] generation) {
    if (generation == null) {
      return open(session, space, state);
    }
    SpaceView view = state.view();
    long number = CellHeader.number(generation);
    return view != null && view.generation() == number ? view : state.adopt(number);
  }

  /** What this node has seen last; asks if it has seen none. */
  static SpaceView present(RedisSession session, CacheSpace space, SpaceState state) {
    SpaceView view = state.view();
    return view != null ? view : open(session, space, state);
  }

  static SpaceView open(RedisSession session, CacheSpace space, SpaceState state) {
    RedisNames names = session.names();
    byte[] generation =
        session.say(
            Script.OPEN,
            new byte[][] {names.generation(space), names.spaces()},
            CellHeader.bytes(Marks.generation()),
            RedisNames.bytes(CellKeys.name(space)));
    return state.adopt(CellHeader.number(generation));
  }

  static void renew(RedisSession session, CacheSpace space, SpaceState state) {
    RedisNames names = session.names();
    byte[] generation =
        session.say(
            Script.RENEW,
            new byte[][] {names.generation(space), names.spaces(), names.outdated(space)},
            CellHeader.bytes(Marks.generation()),
            RedisNames.bytes(CellKeys.name(space)));
    state.adopt(CellHeader.number(generation));
  }
}
