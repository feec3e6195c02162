package org.muster.delivery.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. Thread-safe. */
@FunctionalInterface
public interface Resolver {
  /** All of them, at least one. */
  List<InetAddress> addresses(String host) throws UnknownHostException;
}
