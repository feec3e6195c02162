package org.muster.cache.infinispan;

import java.nio.file.Path;

/**
 * With which nodes prove to each other who they are, and encrypt what they say: TLS on both sides.
 *
 * @param keys a PKCS #12 file with this node's certificate and key
 * @param trusted a PKCS #12 file with the certificates of those who may join
 */
public record KeyStores(Path keys, String keysPassword, Path trusted, String trustedPassword) {
  @Override
  public String toString() {
    return "KeyStores[keys=" + keys + ", trusted=" + trusted + "]";
  }
}
