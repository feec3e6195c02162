package org.muster.cache.coded;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.muster.cache.CacheSpace;

/** The spaces that this node has used; as many as tenants have caches. Thread-safe. */
public final class SpaceStates {
  private final Map<CacheSpace, SpaceState> states = new ConcurrentHashMap<>();

  /** What is known of a space. */
  public SpaceState of(CacheSpace space) {
    SpaceState state = states.get(space);
    return state != null ? state : states.computeIfAbsent(space, each -> new SpaceState());
  }

  /** Outdates all that is there and all that was seen, on this node. */
  public void forgetAll() {
    states.values().forEach(SpaceState::forget);
  }
}
