package org.muster.event.seal;

import java.time.Instant;

/** What is known of the key of a subject that has, or had, one. */
public sealed interface SubjectKey {
  /** Bytes of a key. */
  int BYTES = 32;

  /** The key, which must not be changed. */
  @SuppressWarnings("ArrayRecordComponent") // as ciphers take it
  record Kept(byte[] secret) implements SubjectKey {
    public Kept {
      if (secret.length != BYTES) {
        throw new IllegalArgumentException("A key has " + BYTES + " bytes");
      }
    }

    /** Shows nothing of the key. */
    @Override
    public String toString() {
      return "Kept";
    }
  }

  /**
   * There is no key any more, and never will be.
   *
   * @param time in milliseconds
   * @param actor who had it destroyed
   */
  record Destroyed(Instant time, String actor) implements SubjectKey {}
}
