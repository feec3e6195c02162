package org.muster.storage.jpa;

import java.util.List;
import java.util.Optional;
import org.muster.kernel.TenantId;
import org.muster.storage.Expression;
import org.muster.storage.Found;
import org.muster.storage.LinkSelector;
import org.muster.storage.Path;
import org.muster.storage.Query;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/**
 * The question for the documents that have one value at one path: a read by id, or the first page
 * of a search by equality.
 *
 * @param path the id, or an indexed path that has one value
 * @param value its key form, not cut
 * @param limit the most documents, by id
 */
record Lookup(Dialect.Scope scope, Path path, String value, int limit, List<LinkSelector> expand) {

  static Lookup of(StorageKey key, List<LinkSelector> expand) {
    return new Lookup(
        new Dialect.Scope(key.tenant().value(), key.collection()), Path.ID, key.id(), 1, expand);
  }

  /** What a query asks, if it is such a question. */
  static Optional<Lookup> of(Query query) {
    int limit = query.page().limit();
    return query.filter() instanceof Expression.Compare compare
            && FilterPlanner.isOneWholeKey(compare)
            && query.order().equals(Query.Order.BY_ID)
            && isStart(query.page())
            && limit > 0
        ? Optional.of(
            new Lookup(
                new Dialect.Scope(query.tenant().value(), query.collection()),
                compare.path(),
                compare.operand(),
                limit + 1,
                query.expand()))
        : Optional.empty();
  }

  private static boolean isStart(Query.Page page) {
    return page instanceof Query.Page.Offset offset
        ? offset.offset() == 0
        : page instanceof Query.Page.After after && after.position().isEmpty();
  }

  /** Whether the database gains by answering several at once. */
  boolean isGathered(Dialect dialect) {
    return dialect.lookup(Dialect.tenant(scope.tenant()), scope.collection(), path, "").isPresent();
  }

  /** The key of what is read by id. */
  StorageKey key() {
    return new StorageKey(TenantId.stored(scope.tenant()), scope.collection(), value);
  }

  /** Whether one statement can answer both; they may be of different tenants. */
  boolean isLike(Lookup other) {
    return limit == other.limit
        && path.equals(other.path)
        && scope.collection().equals(other.scope.collection())
        && expand.equals(other.expand);
  }

  /** The page of a query that was turned into this. */
  Found page(List<Stored> found) {
    if (found.size() < limit) {
      return new Found(found, Optional.empty());
    }
    List<Stored> page = found.subList(0, limit - 1);
    String last = page.get(limit - 2).key().id();
    return new Found(page, Optional.of(new Query.Position(Optional.empty(), last)));
  }
}
