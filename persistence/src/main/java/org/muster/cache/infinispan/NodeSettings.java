package org.muster.cache.infinispan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One node.
 *
 * @param name no other node has it, and this one has it again after a restart
 * @param cluster nodes of the same find each other
 * @param network empty if there is one node
 * @param timeout in which a call ends
 * @param guard how long voiding is remembered
 * @param burial after how long a node that was lost is taken for dead by the majority; nothing is
 *     served until then. Zero for never: it has to come back
 * @param folder where entries are kept on disk too; empty for nowhere
 */
public record NodeSettings(
    String name,
    String cluster,
    Optional<Network> network,
    Duration timeout,
    Duration guard,
    Duration burial,
    Optional<Path> folder) {
  public NodeSettings {
    if (name.isBlank() || cluster.isBlank()) {
      throw new IllegalArgumentException("A node and its cluster have names");
    }
    if (timeout.isNegative() || timeout.isZero() || guard.isNegative() || guard.isZero()) {
      throw new IllegalArgumentException("Time-out and guard are positive");
    }
  }
}
