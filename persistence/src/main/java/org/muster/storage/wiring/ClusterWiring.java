package org.muster.storage.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import org.muster.cache.config.Caches;
import org.muster.cache.config.Neighbours;
import org.muster.cluster.Heartbeat;
import org.muster.cluster.LiveNodes;
import org.muster.cluster.LoneNodeRegistry;
import org.muster.cluster.Node;
import org.muster.cluster.NodeRegistry;
import org.muster.config.Settings;

/** Makes what knows the other nodes of the database. */
@Dependent
class ClusterWiring {

  @Produces
  @Singleton
  LiveNodes nodes(Database database, Settings settings) {
    Node self = new Node(UUID.randomUUID().toString(), address(), Caches.nodeName(settings));
    NodeRegistry registry = database.nodeRegistry().orElseGet(LoneNodeRegistry::new);
    return new LiveNodes(self, registry, System::nanoTime);
  }

  @Produces
  @Singleton
  Neighbours neighbours(LiveNodes nodes) {
    return nodes::coherence;
  }

  @Produces
  @Singleton
  Heartbeat heartbeat(LiveNodes nodes) {
    return new Heartbeat(nodes);
  }

  void end(@Disposes Heartbeat heartbeat) {
    heartbeat.close();
  }

  /** Host and process, by which an operator knows it. */
  private static String address() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "localhost"; // its own name is unknown to the machine
    }
    return host + "/" + ProcessHandle.current().pid();
  }
}
