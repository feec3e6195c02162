package org.muster.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.muster.storage.StorageException;

/** Nodes in the heap, by a clock that the test moves; can be made unreachable for a node. */
final class MemoryNodeRegistry implements NodeRegistry {
  private final Map<String, Node> nodes = new TreeMap<>();
  private final Map<String, Long> beats = new TreeMap<>();
  private long now;
  private long entered;
  private String away = "";

  void pass(Duration time) {
    now += time.toNanos();
  }

  /** Does not answer the node of that id; nobody if it is empty. */
  void away(String id) {
    away = id;
  }

  @Override
  public synchronized void begin(Node self) {
    entered++;
    renew(self);
  }

  @Override
  public synchronized Sighting beat(Node self) {
    renew(self);
    Map<Boolean, List<Node>> others =
        nodes.values().stream()
            .filter(node -> !node.id().equals(self.id()))
            .collect(
                Collectors.partitioningBy(
                    node -> now - beats.getOrDefault(node.id(), now) < LIVE.toNanos()));
    return new Sighting(
        entered, others.getOrDefault(true, List.of()), others.getOrDefault(false, List.of()));
  }

  private void renew(Node self) {
    demand(self);
    nodes.put(self.id(), self);
    beats.put(self.id(), now);
  }

  @Override
  public synchronized void end(Node self) {
    demand(self);
    nodes.remove(self.id());
  }

  private void demand(Node self) {
    if (self.id().equals(away)) {
      throw new StorageException.Unavailable("away", null);
    }
  }
}
