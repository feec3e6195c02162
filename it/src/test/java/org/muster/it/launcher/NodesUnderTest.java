package org.muster.it.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.muster.it.Instance;
import org.muster.it.Postgres;

/**
 * Nodes on one PostgreSQL, with Infinispan between them: each is reached by the others through
 * proxies, so that it can be cut off while it still reaches the database and its clients.
 */
final class NodesUnderTest implements AutoCloseable {
  /** A node listens here too, to see others end. */
  private static final int SECOND_PORT = 100;

  private final Postgres postgres = Postgres.start();
  private final Postgres.Database database = postgres.create("muster");
  private final List<Instance> nodes = new ArrayList<>();
  private final List<List<TcpProxy>> proxies = new ArrayList<>();

  /** Makes so many nodes, none of which is started. */
  NodesUnderTest(int count) {
    List<Integer> doors = IntStream.range(0, count).mapToObj(i -> freePorts()).toList();
    String members =
        doors.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    for (int i = 0; i < count; i++) {
      int door = doors.get(i);
      int port = freePorts();
      proxies.add(
          List.of(new TcpProxy(door, port), new TcpProxy(door + SECOND_PORT, port + SECOND_PORT)));
      Instance node =
          Instance.fresh("nodes-" + i)
              .on(database)
              .with("MUSTER_CACHE_LEVELS", "both")
              .with("MUSTER_CLUSTER_NODE", "n" + i)
              .with("MUSTER_CLUSTER_PORT", Integer.toString(port))
              .with("MUSTER_CLUSTER_EXTERNAL", "127.0.0.1:" + door)
              .with("MUSTER_CLUSTER_MEMBERS", members)
              .with("MUSTER_CLUSTER_SILENCE_MILLIS", "1000")
              .with("MUSTER_CLUSTER_TIMEOUT_MILLIS", "2000")
              .with("MUSTER_CLUSTER_BURIAL_SECONDS", "3");
      nodes.add(i == 0 ? node : node.with("MUSTER_ADMIN_TOKEN", nodes.get(0).token()));
    }
  }

  /** A free port below which another one is free 100 above. */
  private static int freePorts() {
    for (int i = 0; i < 100; i++) {
      int port = Instance.freePort();
      if (port < 65_000 && Instance.isFree(port + SECOND_PORT)) {
        return port;
      }
    }
    throw new IllegalStateException("No free ports");
  }

  Instance node(int number) {
    return nodes.get(number);
  }

  /** From now on no node reaches another. */
  void cut() {
    proxies.forEach(each -> each.forEach(TcpProxy::cut));
  }

  /** All reach each other. */
  void heal() {
    proxies.forEach(each -> each.forEach(TcpProxy::heal));
  }

  @Override
  public void close() {
    nodes.forEach(Instance::kill);
    proxies.forEach(each -> each.forEach(TcpProxy::close));
    postgres.close();
  }
}
