package org.muster.caching;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** What an application keeps under a key, ready to be sent. Immutable; nobody changes its bytes. */
public final class Content {
  private static final int TAG_BYTES = 12;

  private final String type;
  private final byte[] bytes;
  private final long expiresMillis;
  private final String tag;

  /**
   * Something to be kept.
   *
   * @param type the media type, as the application has given it
   * @param expiresMillis in milliseconds since 1970; {@link org.muster.cache.Lifetime#NEVER} for
   *     never
   */
  public Content(String type, byte[] bytes, long expiresMillis) {
    this.type = type;
    this.bytes = bytes;
    this.expiresMillis = expiresMillis;
    this.tag = tag(type, bytes);
  }

  private static String tag(String type, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(type.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      byte[] hash = Arrays.copyOf(digest.digest(bytes), TAG_BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  public String type() {
    return type;
  }

  /** The bytes themselves, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** From which moment on it is not served, in milliseconds since 1970. */
  public long expiresMillis() {
    return expiresMillis;
  }

  /** What no other content has: the inside of its entity tag. */
  public String tag() {
    return tag;
  }
}
