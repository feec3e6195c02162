package org.muster.rest.listener;

/**
 * Reads UTF-8 byte by byte (RFC 3629 section 4): no overlong form, no surrogate, no more than
 * U+10FFFF.
 */
final class Utf8 {
  /** Between two characters. */
  static final int BOUNDARY = 0;

  /** Behind a byte that cannot stand there. */
  static final int MALFORMED = -1;

  private Utf8() {}

  /**
   * The state behind one more byte.
   *
   * @param state {@link #BOUNDARY} or what the last call returned, but not {@link #MALFORMED}
   * @param c 0 to 255
   */
  static int next(int state, int c) {
    if (state == BOUNDARY) {
      return first(c);
    }
    int least = state >> 8 & 0xff;
    int most = state >> 16;
    if (c < least || c > most) {
      return MALFORMED;
    }
    int left = (state & 0xff) - 1;
    return left == 0 ? BOUNDARY : expect(left, 0x80, 0xbf);
  }

  private static int first(int c) {
    if (c < 0x80) {
      return BOUNDARY;
    }
    if (c < 0xc2 || c > 0xf4) {
      return MALFORMED;
    }
    if (c < 0xe0) {
      return expect(1, 0x80, 0xbf);
    }
    if (c < 0xf0) {
      return expect(2, c == 0xe0 ? 0xa0 : 0x80, c == 0xed ? 0x9f : 0xbf);
    }
    return expect(3, c == 0xf0 ? 0x90 : 0x80, c == 0xf4 ? 0x8f : 0xbf);
  }

  /** So many more bytes, of which the first lies within bounds. */
  private static int expect(int bytes, int least, int most) {
    return most << 16 | least << 8 | bytes;
  }
}
