package org.muster.storage;

import java.util.Comparator;
import java.util.Optional;
import org.muster.kernel.Folding;
import org.muster.storage.Query.Position;

/**
 * The order of an answer: says where a document stands in it and compares places. It is the meaning
 * of {@link Query.Order}: a back end that sorts by an index must agree with it.
 */
public final class DocumentOrder implements Comparator<Position> {
  private final Query.Order order;

  public DocumentOrder(Query.Order order) {
    this.order = order;
  }

  /** The place of a document. */
  public Position of(Stored stored) {
    return new Position(
        byId() ? Optional.empty() : sortKey(stored).map(Folding::key), stored.key().id());
  }

  @Override
  public int compare(Position left, Position right) {
    int byKey = compareKeys(left, right);
    int byId = Folding.CODE_POINTS.compare(left.id(), right.id());
    if (byId()) {
      return order.descending() ? -byId : byId;
    }
    return byKey != 0 ? byKey : byId;
  }

  private boolean byId() {
    return order.path().name().equals(Path.ID.name());
  }

  private int compareKeys(Position left, Position right) {
    int ascending;
    if (left.sortKey().isPresent() && right.sortKey().isPresent()) {
      ascending = Folding.CODE_POINTS.compare(left.sortKey().get(), right.sortKey().get());
    } else {
      ascending = Boolean.compare(left.sortKey().isEmpty(), right.sortKey().isEmpty());
    }
    return order.descending() ? -ascending : ascending;
  }

  private Optional<String> sortKey(Stored stored) {
    if (order.path().isColumn()) {
      return Optional.of(ExpressionJudge.column(stored, order.path()));
    }
    return Values.leading(stored.document().tree(), order.path());
  }
}
