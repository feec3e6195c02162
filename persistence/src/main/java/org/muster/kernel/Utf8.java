package org.muster.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads UTF-8, and nothing else (RFC 3629). */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /**
   * The text of the bytes that remain in a buffer of an array, which are read with that.
   *
   * @throws IllegalArgumentException if they are not UTF-8
   */
  public static String text(ByteBuffer bytes) {
    int from = bytes.arrayOffset() + bytes.position();
    String text = new String(bytes.array(), from, bytes.remaining(), StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) {
      bytes.position(bytes.limit());
      return text;
    }
    return strictly(bytes);
  }

  /** It stands there itself, or for what is malformed. */
  private static String strictly(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("Not UTF-8", e);
    }
  }
}
