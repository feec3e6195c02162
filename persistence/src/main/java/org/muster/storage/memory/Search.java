package org.muster.storage.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.muster.storage.DocumentOrder;
import org.muster.storage.Expression;
import org.muster.storage.ExpressionJudge;
import org.muster.storage.Found;
import org.muster.storage.Query;
import org.muster.storage.StorageException;
import org.muster.storage.Stored;

/**
 * Answers one query from a shelf. Every document is judged; an index only says which ones need not
 * be. What a database would answer from an index does not count against the scan limit.
 */
final class Search {
  private final Shelf shelf;
  private final Query query;
  private final DocumentOrder order;
  private final Predicate<Stored> indexed;
  private final Predicate<Stored> judged;
  private final boolean filterIsIndexed;
  private long read;

  Search(Shelf shelf, Query query, ExpressionJudge.Links links) {
    this.shelf = shelf;
    this.query = query;
    this.order = new DocumentOrder(query.order());
    List<Expression> byIndex = new ArrayList<>();
    List<Expression> byReading = new ArrayList<>();
    for (Expression part : parts(query.filter())) {
      (isIndexed(part) ? byIndex : byReading).add(part);
    }
    this.indexed = new ExpressionJudge(new Expression.And(byIndex), links);
    this.judged = new ExpressionJudge(new Expression.And(byReading), links);
    this.filterIsIndexed = byReading.isEmpty();
  }

  private record Placed(Query.Position position, Stored stored) {}

  Found page() {
    boolean ascendingIds = query.order().equals(Query.Order.BY_ID);
    boolean sortReads = !query.order().path().indexed();
    Stream<Placed> placed =
        candidates(ascendingIds ? cursorId() : Optional.empty())
            .filter(stored -> matches(stored, sortReads))
            .map(stored -> new Placed(order.of(stored), stored));
    if (!ascendingIds) {
      placed = placed.sorted((left, right) -> order.compare(left.position(), right.position()));
    }
    int limit = query.page().limit();
    List<Placed> found = behindCursor(placed).limit(limit + 1L).toList();
    List<Placed> items = found.subList(0, fitting(found, limit));
    return new Found(
        items.stream().map(Placed::stored).toList(),
        found.size() > items.size() && limit > 0
            ? Optional.of(items.get(items.size() - 1).position())
            : Optional.empty());
  }

  /** How many of the documents a page may have, as a back end that has to read them would do. */
  private static int fitting(List<Placed> found, int limit) {
    long characters = 0;
    int fitting = 0;
    while (fitting < Math.min(limit, found.size())) {
      characters += found.get(fitting).stored().document().text().length();
      if (fitting > 0 && characters > Query.Page.MAX_BYTES) {
        break;
      }
      fitting++;
    }
    return fitting;
  }

  long count() {
    if (query.filter() instanceof Expression.All) {
      return shelf.documents.size();
    }
    return candidates(Optional.empty()).filter(stored -> matches(stored, false)).count();
  }

  private boolean matches(Stored stored, boolean sortReads) {
    if (!indexed.test(stored)) {
      return false;
    }
    if ((!filterIsIndexed || sortReads) && ++read > query.scanLimit()) {
      throw new StorageException.TooLarge(
          "More than " + query.scanLimit() + " documents would have to be read");
    }
    return judged.test(stored);
  }

  /** The documents behind an id, or all, among which all are that satisfy the filter. */
  private Stream<Stored> candidates(Optional<String> after) {
    Optional<NavigableSet<String>> ids = shelf.keys.candidates(parts(query.filter()));
    if (ids.isPresent()) {
      return after.map(id -> ids.get().tailSet(id, false)).orElse(ids.get()).stream()
          .map(shelf.documents::get);
    }
    return after
        .map(id -> shelf.documents.tailMap(id, false))
        .orElse(shelf.documents)
        .values()
        .stream();
  }

  private Optional<String> cursorId() {
    return query.page() instanceof Query.Page.After after
        ? after.position().map(Query.Position::id)
        : Optional.empty();
  }

  private Stream<Placed> behindCursor(Stream<Placed> placed) {
    if (query.page() instanceof Query.Page.Offset offset) {
      return placed.skip(offset.offset());
    }
    Optional<Query.Position> position = ((Query.Page.After) query.page()).position();
    return position.isEmpty()
        ? placed
        : placed.filter(each -> order.compare(each.position(), position.get()) > 0);
  }

  private static List<Expression> parts(Expression filter) {
    return filter instanceof Expression.And and ? and.parts() : List.of(filter);
  }

  private static boolean isIndexed(Expression part) {
    if (part instanceof Expression.And and) {
      return and.parts().stream().allMatch(Search::isIndexed);
    }
    if (part instanceof Expression.Or or) {
      return or.parts().stream().allMatch(Search::isIndexed);
    }
    if (part instanceof Expression.Not not) {
      return isIndexed(not.part());
    }
    if (part instanceof Expression.Compare compare) {
      return compare.path().indexed();
    }
    if (part instanceof Expression.Present present) {
      return present.path().indexed();
    }
    return !(part instanceof Expression.Element);
  }
}
