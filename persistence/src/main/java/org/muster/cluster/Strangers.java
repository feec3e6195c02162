package org.muster.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.muster.storage.StorageException;

/** Tells the operator, once, of nodes for whose sake no cache is relied upon; for one thread. */
final class Strangers {
  /** Beats after which a node is told of, since it may be about to share a cache. */
  private static final int PATIENCE = 30;

  private static final Logger LOG = System.getLogger(Strangers.class.getName());

  private final Map<String, Integer> seen = new HashMap<>();
  private boolean silent;

  /** Whoever was seen for a while, and is not heard. */
  void seen(List<Node> others, List<NodeCoherence> coherences) {
    if (silent) {
      LOG.log(Level.INFO, "The database says again which nodes there are");
      silent = false;
    }
    seen.keySet().removeIf(id -> others.stream().noneMatch(other -> other.id().equals(id)));
    for (Node other : others) {
      if (coherences.stream().anyMatch(each -> !each.hears(other))
          && seen.merge(other.id(), 1, Integer::sum) == PATIENCE) {
        LOG.log(
            Level.WARNING,
            "The node at {0} uses the same database and shares no cache with this one: what is read"
                + " is not kept in the heap for long, or at all. Give all nodes a cache that they"
                + " share (muster.cache.levels, see docs/caching.md)",
            other.address());
      }
    }
  }

  /** The registry did not answer. */
  void silent(StorageException failure) {
    if (!silent) {
      LOG.log(
          Level.WARNING,
          "The database does not say which nodes there are; no cache is relied upon until it does:"
              + " {0}",
          failure.getMessage());
      silent = true;
    }
  }
}
