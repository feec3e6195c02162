package org.muster.cache.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.muster.cache.infinispan.KeyStores;
import org.muster.cache.infinispan.Network;
import org.muster.cache.infinispan.NodeSettings;
import org.muster.cache.infinispan.Sharing;
import org.muster.config.Settings;

/** The keys of the nodes that share level 2 by Infinispan. */
final class ClusterOptions {
  private static final String NODE = "muster.cluster.node";
  private static final String ADDRESS = "muster.cluster.address";
  private static final String EXTERNAL = "muster.cluster.external";
  private static final String MEMBERS = "muster.cluster.members";
  private static final String KEYS = "muster.cluster.keys";
  private static final String TRUSTED = "muster.cluster.trusted";
  private static final String FOLDER = "muster.cache.folder";
  private static final String MODE = "muster.cache.mode";
  private static final List<String> MODES = List.of("replicated", "distributed", "invalidation");
  private static final int MOST_PORT = 65_535;

  /** A node listens here too, to see others end. */
  private static final int SECOND_PORT = 100;

  private final Settings settings;

  ClusterOptions(Settings settings) {
    this.settings = settings;
  }

  Sharing sharing() {
    String mode = settings.choice(MODE, MODES, "replicated");
    if (settings.text(MEMBERS).isPresent()) {
      return Sharing.valueOf(mode.toUpperCase(Locale.ROOT));
    }
    if (settings.text(MODE).isPresent()) {
      throw new IllegalStateException(MODE + " takes " + MEMBERS);
    }
    return Sharing.LOCAL;
  }

  /** Under which others hear this node; empty if there are none. */
  Optional<String> heardAs() {
    return settings.text(MEMBERS).isEmpty() ? Optional.empty() : settings.text(NODE);
  }

  NodeSettings node(Duration guard) {
    Optional<Network> network = network();
    Optional<String> name = settings.text(NODE);
    if (network.isPresent() && name.isEmpty()) {
      throw new IllegalStateException(
          MEMBERS + " takes " + NODE + ", a name that no other node has");
    }
    return new NodeSettings(
        name.orElse("single"),
        settings.text("muster.cluster.name").orElse("muster"),
        network,
        millis("muster.cluster.timeout-millis", 100, 5_000),
        guard,
        Duration.ofSeconds(settings.number("muster.cluster.burial-seconds", 0, 86_400, 0)),
        path(FOLDER));
  }

  private Optional<Network> network() {
    List<InetSocketAddress> members = members();
    if (members.isEmpty()) {
      return Optional.empty();
    }
    int port = (int) settings.number("muster.cluster.port", 1, MOST_PORT - SECOND_PORT, 7_800);
    return Optional.of(
        new Network(
            new InetSocketAddress(address(), port),
            external(),
            members,
            millis("muster.cluster.silence-millis", 500, 5_000),
            keys()));
  }

  private InetAddress address() {
    Optional<String> text = settings.text(ADDRESS);
    try {
      return text.isEmpty() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(text.get());
    } catch (UnknownHostException e) {
      throw bad(ADDRESS, text.orElse(""), "an address of this machine");
    }
  }

  private Optional<InetSocketAddress> external() {
    List<InetSocketAddress> given = addresses(EXTERNAL, "HOST:PORT");
    if (given.size() > 1) {
      throw bad(EXTERNAL, settings.text(EXTERNAL).orElse(""), "one HOST:PORT");
    }
    return given.stream().findFirst();
  }

  private List<InetSocketAddress> members() {
    return addresses(MEMBERS, "HOST:PORT of each node, with commas in between");
  }

  private List<InetSocketAddress> addresses(String key, String allowed) {
    String text = settings.text(key).orElse("");
    List<InetSocketAddress> found = new ArrayList<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int colon = each.lastIndexOf(':');
      String host = colon < 0 ? "" : each.substring(0, colon).strip();
      int port = colon < 0 ? -1 : port(each.substring(colon + 1).strip());
      if (host.isEmpty() || port < 1 || port > MOST_PORT) {
        throw bad(key, text, allowed);
      }
      InetSocketAddress member = new InetSocketAddress(unbracketed(host), port);
      if (member.isUnresolved()) {
        throw bad(key, text, "made of hosts whose names can be resolved");
      }
      found.add(member);
    }
    return found;
  }

  /** An IPv6 address as in a URL. */
  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private Optional<KeyStores> keys() {
    Optional<Path> own = path(KEYS);
    Optional<Path> trusted = path(TRUSTED);
    if (own.isPresent() != trusted.isPresent()) {
      throw new IllegalStateException(KEYS + " and " + TRUSTED + " take each other");
    }
    return own.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new KeyStores(
                own.get(),
                settings.text("muster.cluster.keys-password").orElse(""),
                trusted.orElseThrow(),
                settings.text("muster.cluster.trusted-password").orElse("")));
  }

  private Duration millis(String key, long least, long otherwise) {
    return Duration.ofMillis(settings.number(key, least, 600_000, otherwise));
  }

  private Optional<Path> path(String key) {
    try {
      return settings.text(key).map(Path::of);
    } catch (InvalidPathException e) {
      throw bad(key, settings.text(key).orElse(""), "a path");
    }
  }

  private static IllegalStateException bad(String key, String value, String allowed) {
    return new IllegalStateException(key + "=" + value + " is not allowed; it must be " + allowed);
  }
}
