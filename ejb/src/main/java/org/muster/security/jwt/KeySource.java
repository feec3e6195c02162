package org.muster.security.jwt;

import com.nimbusds.jose.jwk.JWK;
import java.net.URI;
import java.util.List;

/** Where the public keys of an issuer come from. */
public sealed interface KeySource {
  /** They are fetched, and may change. */
  record Remote(URI jwksUri) implements KeySource {}

  /** They are given. */
  record Fixed(List<JWK> keys) implements KeySource {
    public Fixed {
      keys = List.copyOf(keys);
    }
  }
}
