package org.muster.state;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A SHA-256 value as four numbers, most significant first; ordered as unsigned bytes are. */
public record Digest(long first, long second, long third, long fourth)
    implements Comparable<Digest> {
  /** The value of what has no content of its own. */
  public static final Digest NONE = new Digest(0, 0, 0, 0);

  private static final HexFormat HEX = HexFormat.of();

  /** How many hexadecimal digits a digest has. */
  static final int NIBBLES = 64;

  /** The next 32 bytes of a buffer. */
  static Digest from(ByteBuffer bytes) {
    return new Digest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  void putInto(ByteBuffer bytes) {
    bytes.putLong(first).putLong(second).putLong(third).putLong(fourth);
  }

  /** The hexadecimal digit at an index, 0 to 63, from the left. */
  int nibble(int index) {
    long word =
        switch (index >> 4) {
          case 0 -> first;
          case 1 -> second;
          case 2 -> third;
          default -> fourth;
        };
    return (int) (word >>> (60 - 4 * (index & 15))) & 15;
  }

  @Override
  public int compareTo(Digest other) {
    int order = Long.compareUnsigned(first, other.first);
    order = order != 0 ? order : Long.compareUnsigned(second, other.second);
    order = order != 0 ? order : Long.compareUnsigned(third, other.third);
    return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
  }

  /**
   * The digest of a text that {@link #toString} made.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Digest parse(String text) {
    if (text.length() != NIBBLES) {
      throw new IllegalArgumentException("A digest has " + NIBBLES + " hexadecimal digits");
    }
    return new Digest(
        Long.parseUnsignedLong(text, 0, 16, 16),
        Long.parseUnsignedLong(text, 16, 32, 16),
        Long.parseUnsignedLong(text, 32, 48, 16),
        Long.parseUnsignedLong(text, 48, 64, 16));
  }

  /** 64 hexadecimal digits in lower case. */
  @Override
  public String toString() {
    return HEX.toHexDigits(first)
        + HEX.toHexDigits(second)
        + HEX.toHexDigits(third)
        + HEX.toHexDigits(fourth);
  }
}
