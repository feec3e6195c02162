package org.muster.scim.definition;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.muster.kernel.TenantId;
import org.muster.storage.Expression;
import org.muster.storage.Found;
import org.muster.storage.Query;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/** Walks over all resources of a type, a page at a time, so that the pages can be written back. */
final class Pages {
  static final int SIZE = 200;

  private Pages() {}

  static void forEach(
      StorageProvider storage, TenantId tenant, String type, Consumer<List<Stored>> consumer) {
    Optional<Query.Position> place = Optional.empty();
    do {
      Found found = storage.query(query(tenant, type, new Expression.All(), place, 1));
      if (!found.items().isEmpty()) {
        consumer.accept(found.items());
      }
      place = found.next();
    } while (place.isPresent());
  }

  /** A question for resources of a type. */
  static Query query(
      TenantId tenant,
      String type,
      Expression filter,
      Optional<Query.Position> after,
      long scanLimit) {
    return new Query(
        tenant,
        type,
        filter,
        Query.Order.BY_ID,
        new Query.Page.After(after, SIZE),
        List.of(),
        scanLimit);
  }
}
