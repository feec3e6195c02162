package org.muster.scim.resource;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.muster.kernel.TenantId;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/**
 * One attempt at a write, not yet committed.
 *
 * @param relates whether it changes what other resources show: links, or the label of links
 * @param outcome the resource after the batch was applied
 */
record Draft(Batch batch, boolean relates, Function<Applied, Stored> outcome) {
  private static final Applied NOTHING = Applied.NOTHING;

  /** A write that changes nothing. */
  static Draft unchanged(TenantId tenant, Stored resource) {
    return new Draft(new Batch(tenant, List.of(), Map.of()), false, applied -> resource);
  }

  Stored commit(Commits commits) {
    return outcome.apply(isEmpty() ? NOTHING : commits.apply(batch));
  }

  boolean isEmpty() {
    return batch.changes().isEmpty();
  }

  /** Whether a change of this kind is in it. */
  boolean has(Class<? extends Change> kind) {
    return batch.changes().stream().anyMatch(kind::isInstance);
  }

  /** The resources that links are made to. */
  List<StorageKey> targets() {
    return batch.changes().stream().flatMap(change -> targets(change).stream()).toList();
  }

  private static List<StorageKey> targets(Change change) {
    if (change instanceof Change.AddLinks add) {
      return add.targets();
    }
    return change instanceof Change.ReplaceLinks replace ? replace.targets() : List.of();
  }
}
