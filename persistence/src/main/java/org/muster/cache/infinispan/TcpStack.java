package org.muster.cache.infinispan;

import java.util.List;
import org.infinispan.remoting.transport.jgroups.AbstractJGroupsChannelConfigurator;
import org.jgroups.JChannel;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.util.TLS;
import org.jgroups.util.TLSClientAuth;

/** The protocols by which nodes find each other, notice who is lost, and send in order. */
final class TcpStack extends AbstractJGroupsChannelConfigurator {
  private static final long MERGE_MILLIS = 1_000;

  private final Network network;

  TcpStack(Network network) {
    this.network = network;
  }

  @Override
  public JChannel createChannel(String cluster) throws Exception {
    long silence = network.silence().toMillis();
    TCP tcp = new TCP();
    tcp.setBindAddress(network.bind().getAddress());
    tcp.setBindPort(network.bind().getPort());
    tcp.setPortRange(0);
    tcp.setSockConnTimeout(300);
    network
        .external()
        .ifPresent(
            external -> {
              tcp.setExternalAddr(external.getAddress());
              tcp.setExternalPort(external.getPort());
            });
    network.keys().ifPresent(keys -> encrypt(tcp.tls(), keys));
    TCPPING ping = new TCPPING();
    ping.setInitialHosts(network.members());
    ping.setPortRange(0);
    JChannel channel =
        new JChannel(
            tcp,
            ping,
            new MERGE3().setMinInterval(MERGE_MILLIS).setMaxInterval(3 * MERGE_MILLIS),
            new FD_SOCK2(),
            new FD_ALL3().setTimeout(silence).setInterval(Math.max(100, silence / 4)),
            new VERIFY_SUSPECT2().setTimeout(Math.min(1_000, silence)),
            new NAKACK2().useMcastXmit(false),
            new UNICAST3(),
            new STABLE(),
            new GMS().printLocalAddress(false).setJoinTimeout(2_000),
            new UFC(),
            new MFC(),
            new FRAG4());
    tcp.getDiagnosticsHandler().setEnabled(false);
    return amendChannel(channel);
  }

  private static void encrypt(TLS tls, KeyStores keys) {
    tls.enabled(true)
        .setKeystorePath(keys.keys().toString())
        .setKeystorePassword(keys.keysPassword())
        .setTruststorePath(keys.trusted().toString())
        .setTruststorePassword(keys.trustedPassword())
        .setClientAuth(TLSClientAuth.NEED);
  }

  @Override
  public String getName() {
    return "muster";
  }

  @Override
  public String getProtocolStackString() {
    return getName();
  }

  @Override
  public List<ProtocolConfiguration> getProtocolStack() {
    return List.of();
  }
}
