package org.muster.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.Folding;
import org.muster.kernel.TenantId;

/**
 * A question for the live documents of one collection.
 *
 * @param order the documents are ordered by it, then by id
 * @param expand links wanted along with each document
 * @param scanLimit the most documents that are read and judged one by one, where an index can't
 *     answer; more are {@link StorageException.TooLarge}
 */
public record Query(
    TenantId tenant,
    String collection,
    Expression filter,
    Order order,
    Page page,
    List<LinkSelector> expand,
    long scanLimit) {
  public Query {
    expand = List.copyOf(expand);
  }

  /**
   * The order of an answer: by the key form of one value of the path, by code point, cut by {@link
   * Folding#key}. Of several values it is the first in an object whose member {@code primary} is
   * true, else the first in the document; whichever the direction. Documents without a value come
   * last when ascending, first when descending. Ties are broken by ascending id, whichever the
   * direction; an order by id itself has none. {@link DocumentOrder} is this in code.
   */
  public record Order(Path path, boolean descending) {
    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** By id, ascending. */
    public static final Order BY_ID = new Order(Path.ID, false);

    /**
     * Whether there can be a document at the place; to be asked of a place that may not come from
     * an answer in this order.
     */
    public boolean hasPlace(Position place) {
      if (!path.isColumn()) {
        return true;
      }
      return path.name().equals(Path.ID.name())
          ? place.sortKey().isEmpty()
          : place.sortKey().flatMap(TimeKeys::instant).filter(Order::hasMillis).isPresent();
    }

    private static boolean hasMillis(Instant time) {
      return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }
  }

  /** Which part of the answer is wanted. */
  public sealed interface Page {
    /** The most documents that a page can have. */
    int MAX_LIMIT = 10_000;

    /**
     * About the most bytes of text that the documents of a page have together; a page of one
     * document may be larger.
     */
    int MAX_BYTES = 8 << 20;

    /** At most how many documents, 0 to {@link #MAX_LIMIT}. */
    int limit();

    /** Those behind a place in the order; from the start if there is none. */
    record After(Optional<Position> position, int limit) implements Page {
      public After {
        check(limit);
      }
    }

    /** Those after the first {@code offset} ones; the offset is not negative. */
    record Offset(long offset, int limit) implements Page {
      public Offset {
        check(limit);
        if (offset < 0) {
          throw new IllegalArgumentException("An offset is not negative: " + offset);
        }
      }
    }

    private static void check(int limit) {
      if (limit < 0 || limit > MAX_LIMIT) {
        throw new IllegalArgumentException("0 to 10,000 documents a page, not " + limit);
      }
    }
  }

  /**
   * A place in the order: the sort key of a document and its id.
   *
   * @param sortKey empty if the document has no value at the order's path, or the order is by id
   */
  public record Position(Optional<String> sortKey, String id) {
    public Position {
      if (!Folding.isStorable(id) || !sortKey.map(Folding::isStorable).orElse(true)) {
        throw new IllegalArgumentException("No document is at that place");
      }
    }
  }
}
