package org.muster.event;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order of all events of a store. Nothing ever appears at or below a position that
 * was handed out by a read; there may be holes. What the two numbers mean is the store's affair.
 *
 * @param transaction orders what was written together, 0 or more
 * @param sequence orders what has the same {@code transaction}, 0 or more
 */
public record Position(long transaction, long sequence) implements Comparable<Position> {
  /** Before all events. */
  public static final Position START = new Position(0, 0);

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,19})-([0-9]{1,19})");

  public Position {
    if (transaction < 0 || sequence < 0) {
      throw new IllegalArgumentException("A position is not negative");
    }
  }

  /** The position of a text that {@link #toString} made; empty if it is none. */
  public static Optional<Position> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(Position other) {
    int compared = Long.compare(transaction, other.transaction);
    return compared != 0 ? compared : Long.compare(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return transaction + "-" + sequence;
  }
}
