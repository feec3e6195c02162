package org.muster.rest.request;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.muster.scim.ScimException;

/** Segments of a path as text: percent-encoded UTF-8 (RFC 3986 section 2.1), strict. */
public final class PathText {
  private PathText() {}

  /** The text of a raw segment; 400 if it is of none. */
  public static String decode(String segment) {
    int percent = segment.indexOf('%');
    if (percent < 0) {
      return segment;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
    bytes.writeBytes(segment.substring(0, percent).getBytes(StandardCharsets.UTF_8));
    int i = percent;
    while (i < segment.length()) {
      int next;
      if (segment.charAt(i) == '%') {
        bytes.write(octet(segment, i));
        next = i + 3;
      } else {
        next = segment.indexOf('%', i);
        next = next < 0 ? segment.length() : next;
        bytes.writeBytes(segment.substring(i, next).getBytes(StandardCharsets.UTF_8));
      }
      i = next;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  private static int octet(String segment, int percent) {
    int high = percent + 2 < segment.length() ? hex(segment.charAt(percent + 1)) : -1;
    int low = percent + 2 < segment.length() ? hex(segment.charAt(percent + 2)) : -1;
    if (high < 0 || low < 0) {
      throw malformed();
    }
    return high << 4 | low;
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static ScimException malformed() {
    return new ScimException(400, "The path is not percent-encoded UTF-8");
  }
}
