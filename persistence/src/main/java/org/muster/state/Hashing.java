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

  /** More than the name of a document has, as a rule. */
  private static final int USUAL = 256;

  /** To find one takes as long as to hash a short name. */
  private static final ThreadLocal<MessageDigest> SHA = ThreadLocal.withInitial(Hashing::sha256);

  private ByteBuffer parts = ByteBuffer.allocate(USUAL);

  Hashing(byte kind) {
    parts.put(kind);
  }

  /** The plain SHA-256 of some bytes. */
  static Digest of(byte[] bytes) {
    return Digest.from(ByteBuffer.wrap(SHA.get().digest(bytes)));
  }

  Hashing text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    ensure(bytes.length);
    parts.put(bytes);
    return this;
  }

  Hashing number(long value) {
    ensure(Long.BYTES);
    parts.putLong(value);
    return this;
  }

  Hashing digest(Digest digest) {
    ensure(4 * Long.BYTES);
    digest.putInto(parts);
    return this;
  }

  private void ensure(int more) {
    if (parts.remaining() < more) {
      ByteBuffer larger = ByteBuffer.allocate(2 * (parts.position() + more));
      parts = larger.put(parts.flip());
    }
  }

  Digest done() {
    MessageDigest sha = SHA.get();
    sha.update(parts.flip());
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
