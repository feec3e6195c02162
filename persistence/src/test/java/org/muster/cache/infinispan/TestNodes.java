package org.muster.cache.infinispan;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.muster.cache.CacheLevelException;
import org.muster.cache.coded.TextCodec;

/** Nodes over TCP on loopback, for tests. */
final class TestNodes implements AutoCloseable {
  static final Duration GUARD = Duration.ofSeconds(2);
  static final int MAX_BYTES = 4_000_000;

  private final List<InetSocketAddress> members = new ArrayList<>();
  private final List<InfinispanNode> nodes = new ArrayList<>();
  private final String cluster = "test-" + System.nanoTime();
  private final Duration burial;

  TestNodes(int count) {
    this(count, Duration.ZERO);
  }

  TestNodes(int count, Duration burial) {
    this.burial = burial;
    for (int i = 0; i < count; i++) {
      members.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort()));
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static InfinispanNode alone(Optional<Path> folder) {
    return start(
        new NodeSettings(
            "alone",
            "none",
            Optional.empty(),
            Duration.ofSeconds(5),
            GUARD,
            Duration.ZERO,
            folder));
  }

  private static InfinispanNode start(NodeSettings settings) {
    return InfinispanNode.start(settings, Clock.systemUTC(), TestNodes.class.getClassLoader());
  }

  InfinispanNode start(int number) {
    return start(number, Optional.empty());
  }

  InfinispanNode start(int number, Optional<KeyStores> keys) {
    Network network =
        new Network(members.get(number), Optional.empty(), members, Duration.ofSeconds(1), keys);
    InfinispanNode node =
        start(
            new NodeSettings(
                "node" + number,
                cluster,
                Optional.of(network),
                Duration.ofSeconds(2),
                GUARD,
                burial,
                Optional.empty()));
    nodes.add(node);
    return node;
  }

  /** Leaves a node that was killed as it is. */
  void lose(InfinispanNode killed) {
    nodes.remove(killed);
  }

  static InfinispanLevel<String> level(InfinispanNode node, Sharing sharing) {
    return node.level(new LevelSettings("users", sharing, MAX_BYTES, 0), new TextCodec());
  }

  /** Waits until something holds; at most 20 seconds. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not in time: " + what);
      }
      Thread.sleep(20);
    }
  }

  private static boolean holds(Callable<Boolean> condition) throws Exception {
    try {
      return condition.call();
    } catch (CacheLevelException e) {
      return false;
    }
  }

  @Override
  public void close() {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      nodes.get(i).close();
    }
  }
}
