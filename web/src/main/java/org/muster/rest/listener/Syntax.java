package org.muster.rest.listener;

import org.jspecify.annotations.Nullable;

/**
 * What path, query and Host of a request may hold (RFC 9112 section 3, RFC 3986), asked of the raw
 * bytes without allocation. Each method returns what is wrong, null if nothing is.
 */
final class Syntax {
  static final String NOT_A_PATH = "The request target must be a path that begins with /";
  static final String NOT_ASCII =
      "The URL holds a control character or is not ASCII; percent-encode such text as UTF-8";
  static final String NOT_ENCODED = "The URL has a % that two hexadecimal digits do not follow";
  static final String NOT_UTF_8 = "The percent-encoded path is not UTF-8";
  static final String NOT_ALLOWED = "The path holds U+0000 or a backslash";
  static final String DOT_SEGMENT = "The path has a segment of dots alone; send it resolved";
  static final String NOT_A_HOST = "The Host header must be one host name or address, with a port";

  private static final String HOST_SIGNS = "-._~%!$&'()*+,;=";
  private static final int NOTHING = 0;
  private static final int DOTS = 1;
  private static final int MORE = 2;
  private static final int PORT_DIGITS = 5;
  private static final int PORT_MOST = 65_535;

  private Syntax() {}

  /** Wrong with a path, which is decoded next and may hold text in UTF-8. */
  static @Nullable String path(byte[] bytes, int start, int end) {
    if (start == end || bytes[start] != '/') {
      return end - start == 1 && bytes[start] == '*' ? null : NOT_A_PATH;
    }
    int segment = NOTHING; // what this one holds so far
    int utf8 = Utf8.BOUNDARY;
    for (int i = start; i < end; i++) {
      int c = bytes[i] & 0xff;
      if (c == '%') {
        c = encoded(bytes, i, end);
        i += 2;
        if (c < 0) {
          return NOT_ENCODED;
        }
      } else if (!isVisible(c)) {
        return NOT_ASCII;
      }
      if ((c | utf8) >= 0x80) {
        utf8 = Utf8.next(utf8, c);
        if (utf8 == Utf8.MALFORMED) {
          return NOT_UTF_8;
        }
      }
      if (c == 0 || c == '\\') {
        return NOT_ALLOWED;
      }
      // A slash or semicolon counts in either spelling: the server decodes before it normalises.
      if (c == '/' || c == ';') {
        if (segment == DOTS) {
          return DOT_SEGMENT;
        }
        segment = c == '/' ? NOTHING : MORE;
      } else {
        segment = c == '.' && segment != MORE ? DOTS : MORE;
      }
    }
    if (utf8 != Utf8.BOUNDARY) {
      return NOT_UTF_8;
    }
    return segment == DOTS ? DOT_SEGMENT : null;
  }

  /** Wrong with a query; its percent-encoding is judged by whoever reads the parameters. */
  static @Nullable String query(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!isVisible(bytes[i] & 0xff)) {
        return NOT_ASCII;
      }
    }
    return null;
  }

  /** Wrong with the value of a Host header. */
  static @Nullable String host(byte[] bytes, int start, int end) {
    int at = start < end && bytes[start] == '[' ? addressEnd(bytes, start, end) : start;
    if (at == start) {
      while (at < end && isHostName(bytes[at])) {
        at++;
      }
    }
    return at > start && (at == end || isPort(bytes, at, end)) ? null : NOT_A_HOST;
  }

  /** Behind the bracket that closes an IPv6 address; {@code start} if there is no such address. */
  private static int addressEnd(byte[] bytes, int start, int end) {
    int at = start + 1;
    while (at < end && (bytes[at] == ':' || bytes[at] == '.' || hex(bytes[at]) >= 0)) {
      at++;
    }
    return at > start + 1 && at < end && bytes[at] == ']' ? at + 1 : start;
  }

  private static boolean isPort(byte[] bytes, int colon, int end) {
    if (bytes[colon] != ':' || end - colon - 1 > PORT_DIGITS) {
      return false;
    }
    int port = 0;
    for (int i = colon + 1; i < end; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
      port = port * 10 + bytes[i] - '0';
    }
    return port <= PORT_MOST;
  }

  private static boolean isHostName(byte c) {
    int letter = c | 0x20;
    return (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || HOST_SIGNS.indexOf(c) >= 0;
  }

  private static boolean isVisible(int c) {
    return c > ' ' && c < 0x7f;
  }

  /** The byte that the escape at {@code percent} stands for; negative if it is none. */
  private static int encoded(byte[] bytes, int percent, int end) {
    return percent + 2 < end ? hex(bytes[percent + 1]) << 4 | hex(bytes[percent + 2]) : -1;
  }

  private static int hex(byte digit) {
    if (digit >= '0' && digit <= '9') {
      return digit - '0';
    }
    int letter = digit | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }
}
