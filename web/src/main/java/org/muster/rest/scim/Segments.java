package org.muster.rest.scim;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.muster.scim.ScimException;

/** Takes apart the path of a request behind the base, for instance "/Users/2819c223". */
final class Segments {
  private Segments() {}

  /**
   * The segments of a raw path, each decoded for itself, so that an encoded slash stays within its
   * segment. One slash at the end is ignored, and so are parameters (";a=b").
   */
  static List<String> of(String rawPath) {
    List<String> segments = new ArrayList<>(3);
    int start = 1;
    while (start < rawPath.length()) {
      int slash = rawPath.indexOf('/', start);
      int end = slash < 0 ? rawPath.length() : slash;
      int semicolon = rawPath.indexOf(';', start);
      int behind = semicolon < 0 ? end : Math.min(semicolon, end);
      segments.add(decode(rawPath.substring(start, behind)));
      start = end + 1;
    }
    return segments;
  }

  private static String decode(String segment) {
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
