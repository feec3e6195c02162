package org.muster.cluster;

import java.time.Duration;
import java.util.List;

/**
 * Where nodes tell that they are there. A node is live until its beat is older than {@link #LIVE},
 * by the clock of the registry, which is the same for all. Thread-safe; takes part in no
 * transaction. Throws {@link org.muster.storage.StorageException} if the registry does not answer
 * within some seconds.
 */
public interface NodeRegistry {
  /** How long a node is live without a beat. */
  Duration LIVE = Duration.ofSeconds(10);

  /**
   * What a node sees at one moment.
   *
   * @param entered how often nodes have been entered, ever
   * @param others the other live nodes by ascending id
   * @param dead those that were not removed and have no young beat; known for some time
   */
  record Sighting(long entered, List<Node> others, List<Node> dead) {
    public Sighting {
      others = List.copyOf(others);
      dead = List.copyOf(dead);
    }
  }

  /** Enters a node; whoever looks after this has returned sees it. */
  void begin(Node self);

  /** Renews a node, and looks: at what was there when this was called, or later. */
  Sighting beat(Node self);

  /** Removes a node. */
  void end(Node self);
}
