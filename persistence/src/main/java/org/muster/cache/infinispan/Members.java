package org.muster.cache.infinispan;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is there, and who is lost: gone from the view without having said that it ends. While a node
 * is lost it may be cut off and go on, and nobody hears what it voids. Thread-safe.
 */
final class Members {
  private final Clock clock;
  private final Duration burial;
  private final Set<String> expected = new HashSet<>();
  private final Set<String> present = ConcurrentHashMap.newKeySet();
  private final Set<String> ending = new HashSet<>();
  private volatile boolean whole = true;
  private long lostMillis;

  Members(Clock clock, Duration burial) {
    this.clock = clock;
    this.burial = burial;
  }

  /**
   * Takes a view. If something may have been missed, that is told before anybody relies on having
   * heard all again.
   */
  synchronized void view(Collection<String> names, boolean merged, Runnable missed) {
    present.retainAll(names); // never empty in between: others ask without waiting
    present.addAll(names);
    expected.removeIf(name -> !present.contains(name) && ending.remove(name));
    expected.addAll(present);
    boolean wasWhole = whole;
    boolean isWhole = expected.size() == present.size();
    if (wasWhole && !isWhole) {
      lostMillis = clock.millis();
      whole = false;
    }
    if (merged || wasWhole != isWhole) {
      missed.run();
    }
    whole = isWhole;
  }

  /** A node has said that it ends. */
  synchronized void ends(String name) {
    ending.add(name);
  }

  /** A node has said that it begins. */
  synchronized void begins(String name) {
    ending.remove(name);
  }

  /** Whether the node of a name is there. */
  boolean isPresent(String name) {
    return present.contains(name);
  }

  /** Whether everybody who may write is heard of. */
  boolean isWhole() {
    return whole || isBuried();
  }

  private synchronized boolean isBuried() {
    boolean due = !burial.isZero() && clock.millis() - lostMillis >= burial.toMillis();
    if (!whole && due && present.size() * 2 > expected.size()) {
      expected.retainAll(present);
      whole = true;
    }
    return whole;
  }
}
