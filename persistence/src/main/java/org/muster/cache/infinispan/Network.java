package org.muster.cache.infinispan;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How nodes reach each other, over TCP.
 *
 * @param bind where this node listens; it also listens 100 ports above, to see others end
 * @param external where others reach this node, if not where it listens; they also reach it 100
 *     ports above
 * @param members where nodes may be, this one included; at least one of those that run has to be
 *     named
 * @param silence after how long without a sign a node is taken for lost
 * @param keys empty for a network where nobody else can speak or listen
 */
public record Network(
    InetSocketAddress bind,
    Optional<InetSocketAddress> external,
    List<InetSocketAddress> members,
    Duration silence,
    Optional<KeyStores> keys) {
  public Network {
    members = List.copyOf(members);
    if (bind.isUnresolved() || external.filter(InetSocketAddress::isUnresolved).isPresent()) {
      throw new IllegalArgumentException("No address: " + bind);
    }
    if (silence.compareTo(Duration.ofMillis(500)) < 0) {
      throw new IllegalArgumentException("A node may be silent for 500 ms at least");
    }
  }
}
