package org.muster.signal.token;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;

/**
 * A key that signs, on P-256.
 *
 * @param number of two, the higher one is the later
 * @param pair with its private part
 */
record SigningKey(long number, ECKey pair, Instant created) {
  @Override
  public String toString() {
    return "SigningKey[" + pair.getKeyID() + "]";
  }
}
