package org.muster.signal.token;

import java.util.List;

/** Keeps signing keys. Each call is one transaction. Thread-safe. */
interface SigningKeyStore {
  /** All keys, the latest first. */
  List<SigningKey> all();

  /**
   * Adds a key.
   *
   * @return whether its number was not taken
   */
  boolean add(SigningKey key);

  /** Removes those below a number. */
  void removeBelow(long number);
}
