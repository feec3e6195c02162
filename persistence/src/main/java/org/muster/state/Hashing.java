package org.muster.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 over typed parts: the first byte says what is hashed, and a length stands before whatever
 * has a varying one, so that no two different things are the same bytes. For one thread, once.
 */
final class Hashing {
  static final byte DOCUMENT_KEY = 0;
  static final byte LINK_KEY = 1;
  static final byte LEAF = 2;
  static final byte BRANCH = 3;

  private final MessageDigest sha;
  private final ByteBuffer number = ByteBuffer.allocate(32);

  Hashing(byte kind) {
    sha = sha256();
    sha.update(kind);
  }

  /** The plain SHA-256 of some bytes. */
  static Digest of(byte[] bytes) {
    return Digest.from(ByteBuffer.wrap(sha256().digest(bytes)));
  }

  Hashing text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    sha.update(bytes);
    return this;
  }

  Hashing number(long value) {
    sha.update(number.clear().putLong(value).flip());
    return this;
  }

  Hashing digest(Digest digest) {
    number.clear();
    digest.putInto(number);
    sha.update(number.flip());
    return this;
  }

  Digest done() {
    return Digest.from(ByteBuffer.wrap(sha.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
