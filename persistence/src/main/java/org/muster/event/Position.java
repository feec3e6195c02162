package org.muster.event;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in the order of all events of a store. Nothing ever appears at or below a position that
 * was handed out by a read; there may be holes.
 *
 * @param sequence 0 or more
 */
public record Position(long sequence) implements Comparable<Position> {
  /** Before all events. */
  public static final Position START = new Position(0);

  private static final Pattern TEXT = Pattern.compile("[0-9]{1,19}");

  public Position {
    if (sequence < 0) {
      throw new IllegalArgumentException("A position is not negative");
    }
  }

  /** The position of a text that {@link #toString} made; empty if it is none. */
  public static Optional<Position> parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Position(Long.parseLong(text)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(Position other) {
    return Long.compare(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return Long.toString(sequence);
  }
}
