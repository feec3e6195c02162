package org.muster.cache.coded;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.muster.cache.CacheSpace;

/** The spaces that this node has used; as many as tenants have caches. Thread-safe. */
public final class SpaceStates {
  private final Map<CacheSpace, SpaceState> states = new ConcurrentHashMap<>();
  private volatile long vacancy;

  /** The mark of slots of spaces of which nothing is known. */
  public long vacancy() {
    return vacancy;
  }

  /** What is known of a space. */
  public SpaceState of(CacheSpace space) {
    SpaceState state = states.get(space);
    return state != null ? state : states.computeIfAbsent(space, each -> new SpaceState());
  }

  /** What is known of a space; if nothing is, a state that nobody keeps. */
  public SpaceState look(CacheSpace space) {
    SpaceState state = states.get(space);
    return state != null ? state : new SpaceState();
  }

  /** Outdates what was seen in spaces of which nothing is known. */
  public void outdateUnknown() {
    vacancy = Marks.next();
  }

  /** Outdates all that is there and all that was seen, on this node. */
  public void forgetAll() {
    outdateUnknown();
    states.values().forEach(SpaceState::forget);
  }
}
