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

  /**
   * Whether nobody has served between an older view and this who is in neither. Who is entered
   * waits for the time of trust before it serves; who was taken for dead and comes back is live for
   * some time.
   */
  boolean follows(View old) {
    Duration gap = Duration.ofNanos(askedNanos - old.askedNanos);
    return gap.compareTo(LiveNodes.TRUST) < 0
        || (seen.entered() == old.seen.entered() && gap.compareTo(NodeRegistry.LIVE) < 0);
  }
}
