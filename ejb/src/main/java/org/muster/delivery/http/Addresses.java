package org.muster.delivery.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * What network addresses are for (IANA special-purpose registries, RFC 6890). IPv6 addresses that
 * stand for one of IPv4 are judged as that. Stateless.
 */
final class Addresses {
  private static final List<String> METADATA = List.of("100.100.100.200", "fd00:ec2:0:0:0:0:0:254");

  private Addresses() {}

  /** Whether nothing is ever sent there: link-local, multicast, a cloud's metadata, no address. */
  static boolean isForbidden(InetAddress address) {
    InetAddress meant = meant(address);
    return meant.isLinkLocalAddress()
        || meant.isMulticastAddress()
        || meant.isAnyLocalAddress()
        || METADATA.contains(meant.getHostAddress())
        || (meant instanceof Inet4Address && octet(meant, 0) == 0)
        || (meant instanceof Inet4Address && octet(meant, 0) >= 240);
  }

  /** Whether it is of this machine, or of a network that is not the Internet. */
  static boolean isPrivate(InetAddress address) {
    InetAddress meant = meant(address);
    if (meant.isLoopbackAddress() || meant.isSiteLocalAddress()) {
      return true;
    }
    int first = octet(meant, 0);
    int second = octet(meant, 1);
    int third = octet(meant, 2);
    return meant instanceof Inet4Address
        ? (first == 100 && second >= 64 && second < 128) // shared (RFC 6598)
            || (first == 192 && second == 0 && (third == 0 || third == 2))
            || (first == 198 && (second == 18 || second == 19))
            || (first == 198 && second == 51 && third == 100)
            || (first == 203 && second == 0 && third == 113)
        : (first & 0xfe) == 0xfc // unique local (RFC 4193)
            || (first == 0x20 && second == 0x01 && third == 0x0d); // documentation
  }

  /** The address of IPv4 that one of IPv6 stands for: compatible, 6to4, NAT64. */
  private static InetAddress meant(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return address;
    }
    if (octet(address, 0) == 0x20 && octet(address, 1) == 0x02) {
      return of(bytes, 2);
    }
    boolean isNat64 =
        octet(address, 0) == 0 && octet(address, 1) == 0x64 && octet(address, 2) == 0xff;
    boolean isCompatible = isZero(bytes, 0, 12) && !isZero(bytes, 12, 14);
    return isNat64 || isCompatible ? of(bytes, 12) : address;
  }

  private static InetAddress of(byte[] bytes, int at) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static int octet(InetAddress address, int at) {
    return address.getAddress()[at] & 0xff;
  }
}
