package org.muster.scim.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.muster.scim.filter.Filter;
import org.muster.scim.filter.FilterOperator;
import org.muster.scim.filter.FilterTranslator;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.Expression;
import org.muster.storage.Query;
import org.muster.storage.StorageException;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * Asks for the owners of unique values by reads, where an index answers; the others are noted. For
 * one thread.
 */
final class Claims {
  private static final int CANDIDATES = 10;

  private final ResourceType type;
  private final List<String> unchecked = new ArrayList<>();

  Claims(ResourceType type) {
    this.type = type;
  }

  /** The attributes of whose values only the commit can say whether they are taken. */
  List<String> unchecked() {
    return List.copyOf(unchecked);
  }

  /**
   * Looks for other owners of what a batch claims.
   *
   * @throws StorageException.NotUnique if there is one
   */
  void check(StorageProvider storage, Batch batch) {
    unchecked.clear();
    for (Change change : batch.changes()) {
      if (change instanceof Change.Claim claim) {
        check(storage, batch, claim);
      }
    }
  }

  private void check(StorageProvider storage, Batch batch, Change.Claim claim) {
    Optional<Expression> equal = equal(batch, claim);
    if (equal.isEmpty()) {
      unchecked.add(claim.attribute());
      return;
    }
    Query query =
        new Query(
            claim.key().tenant(),
            type.name(),
            equal.get(),
            Query.Order.BY_ID,
            new Query.Page.Offset(0, CANDIDATES),
            List.of(),
            CANDIDATES);
    try {
      for (Stored found : storage.query(query).items()) {
        if (!found.key().equals(claim.key())) {
          throw new StorageException.NotUnique(claim.attribute());
        }
      }
    } catch (StorageException.TooLarge e) {
      unchecked.add(claim.attribute());
    }
  }

  /** The condition that a document has the value; empty if no index answers that. */
  private Optional<Expression> equal(Batch batch, Change.Claim claim) {
    Optional<AttributePath> path = AttributePaths.resolve(type, claim.attribute());
    Optional<JsonNode> value = path.flatMap(p -> value(batch, claim, p));
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Filter filter = new Filter.Comparison(path.get(), FilterOperator.EQ, value.get());
    return Optional.of(FilterTranslator.translate(type, filter))
        .filter(e -> e instanceof Expression.Compare compare && compare.path().indexed());
  }

  private static Optional<JsonNode> value(Batch batch, Change.Claim claim, AttributePath path) {
    for (Change change : batch.changes()) {
      if (change instanceof Change.Put put && put.key().equals(claim.key())) {
        JsonNode value = put.document().tree();
        for (String step : path.steps()) {
          value = value.path(step);
        }
        return Optional.of(value).filter(JsonNode::isValueNode).filter(v -> !v.isNull());
      }
    }
    return Optional.empty();
  }
}
