package org.muster.cache.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheSpace;
import org.muster.cache.coded.CellHeader;
import org.muster.cache.coded.CellKeys;
import org.muster.cache.coded.Marks;
import org.muster.cache.coded.SpaceState;
import org.muster.cache.coded.SpaceStates;
import org.muster.cache.coded.SpaceView;

/** The generations of spaces as Redis has them. Thread-safe. */
final class Generations {
  private final SpaceStates states;

  Generations(SpaceStates states) {
    this.states = states;
  }

  /** Takes what was read; null if there was none, and this node knows of none. */
  @Nullable SpaceView seen(RedisSession session, CacheSpace space, byte @Nullable [] generation) {
    SpaceState known = states.look(space);
    return generation == null && known.view() == null
        ? null
        : changed(session, space, generation == null ? known : states.of(space), generation);
  }

  /** Takes what was read; makes one if there was none, which outdates what this node has seen. */
  SpaceView changed(
      RedisSession session, CacheSpace space, SpaceState state, byte @Nullable [] generation) {
    if (generation == null) {
      return open(session, space, state);
    }
    SpaceView view = state.view();
    long number = CellHeader.number(generation);
    return view != null && view.generation() == number ? view : state.find(number);
  }

  /** Looks which one a space has; null if it was never written. */
  @Nullable SpaceView look(RedisSession session, CacheSpace space) {
    byte[] generation = session.await(session.commands().get(session.names().generation(space)));
    return seen(session, space, generation);
  }

  /** What this node has seen last; asks if it has seen none. */
  SpaceView present(RedisSession session, CacheSpace space, SpaceState state) {
    SpaceView view = state.view();
    return view != null ? view : open(session, space, state);
  }

  /** Asks for it; makes one if there is none. */
  SpaceView open(RedisSession session, CacheSpace space, SpaceState state) {
    RedisNames names = session.names();
    long fresh = Marks.generation();
    List<Object> found =
        session.list(
            Script.OPEN,
            new byte[][] {names.generation(space), names.spaces(), names.all()},
            CellHeader.bytes(fresh),
            RedisNames.bytes(CellKeys.name(space)));
    long number = CellHeader.number((byte[]) found.get(0));
    if (number != fresh) {
      return state.find(number);
    }
    state.open(number, vacancy((byte[]) found.get(1)));
    return state.adopt(number);
  }

  /**
   * The mark of slots of a space that was never written.
   *
   * @param all what Redis has of all spaces; empty or null if nothing
   */
  long vacancy(byte @Nullable [] all) {
    return all == null || all.length == 0
        ? states.vacancy()
        : Marks.mixed(states.vacancy(), CellHeader.number(all));
  }

  /** Outdates what was seen of spaces that were never written. */
  void renewAll(RedisSession session) {
    session.await(
        session.commands().set(session.names().all(), CellHeader.bytes(Marks.generation())));
  }

  void renew(RedisSession session, CacheSpace space, SpaceState state) {
    RedisNames names = session.names();
    byte[] generation =
        session.say(
            Script.RENEW,
            new byte[][] {names.generation(space), names.spaces(), names.outdated(space)},
            CellHeader.bytes(Marks.generation()),
            RedisNames.bytes(CellKeys.name(space)));
    state.find(CellHeader.number(generation));
  }
}
