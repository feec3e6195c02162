package org.muster.cluster;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What a node has seen of the others, and when it asked: a node that was entered later may be
 * missing.
 */
record View(long askedNanos, NodeRegistry.Sighting seen) {
  /** Whether all of them are nodes that are heard. */
  boolean isHeard(Predicate<String> heard) {
    for (Node other : seen.others()) {
      if (!isHeard(other, heard)) {
        return false;
      }
    }
    return true;
  }

  static boolean isHeard(Node other, Predicate<String> heard) {
    return other.cacheName().isPresent() && heard.test(other.cacheName().get());
  }

  /** Whether none of an older view has died since: it may have written and told nobody. */
  private boolean isWithoutLossSince(View old) {
    return seen.dead().isEmpty() || old.seen.others().stream().noneMatch(seen.dead()::contains);
  }

  /**
   * Whether nothing was missed since an older view: none of it has died, and nobody has served in
   * between who is in neither. Who is entered waits for the time of trust before it serves; who was
   * taken for dead and comes back is live for some time.
   */
  boolean follows(View old) {
    Duration gap = Duration.ofNanos(askedNanos - old.askedNanos);
    boolean close =
        gap.compareTo(LiveNodes.TRUST) < 0
            || (seen.entered() == old.seen.entered() && gap.compareTo(NodeRegistry.LIVE) < 0);
    return close && isWithoutLossSince(old);
  }
}
