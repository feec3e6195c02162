package org.muster.storage.cached;

import java.util.HashSet;
import java.util.Set;
import org.muster.cache.CacheKey;
import org.muster.cache.twolevel.TwoLevelCache;
import org.muster.kernel.TenantId;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.Effect;
import org.muster.storage.StorageKey;

/**
 * What a batch makes old.
 *
 * @param documents the documents that it has changed, or the links of which
 * @param shown those of which others show what it may have changed: their label, that they are
 *     there, or what links to them
 */
record Voiding(TenantId tenant, Set<StorageKey> documents, Set<StorageKey> shown) {
  /** Of more, all that the tenant has is voided: that is one call. */
  private static final int MOST_TOLD = 1_000;

  private static final int MOST_HERE = 20_000;

  /** That of what a batch has done. */
  static Voiding of(Batch batch, Applied applied) {
    Set<StorageKey> documents = new HashSet<>(applied.changed().keySet());
    Set<StorageKey> shown = new HashSet<>();
    for (Effect effect : applied.effects()) {
      documents.add(effect.key());
      if (effect instanceof Effect.Written written) {
        if (!written.created()) {
          shown.add(written.key());
        }
      } else if (effect instanceof Effect.Linked linked) {
        documents.addAll(linked.targets());
        shown.addAll(linked.targets());
      } else if (effect instanceof Effect.Unlinked unlinked) {
        documents.addAll(unlinked.targets());
        shown.addAll(unlinked.targets());
      } else {
        shown.add(effect.key());
      }
    }
    return new Voiding(batch.tenant(), documents, shown);
  }

  /** What a batch was based on, and found to be otherwise. */
  static Voiding ofBasis(Batch batch) {
    Set<StorageKey> documents = new HashSet<>(batch.preconditions().keySet());
    for (Change change : batch.changes()) {
      documents.add(change.key());
    }
    return new Voiding(batch.tenant(), documents, Set.of());
  }

  /** All but these documents; what others show of them it has still. */
  Voiding but(Set<StorageKey> current) {
    Set<StorageKey> others = new HashSet<>(documents);
    others.removeAll(current);
    return new Voiding(tenant, others, shown);
  }

  /** Has the cache forget it. */
  void in(TwoLevelCache<CachedEntry> cache) {
    int most = cache.hasSecond() ? MOST_TOLD : MOST_HERE;
    if (documents.size() + shown.size() > most) {
      clear(cache, tenant);
      return;
    }
    for (StorageKey key : shown) {
      CacheKey where = Places.stamp(key);
      // In the heap alone: of most documents nothing is shown, and a mark costs more than a look.
      if (cache.mayHave(where)) {
        cache.voidKey(where);
      }
    }
    for (StorageKey key : documents) {
      cache.voidKey(Places.document(key));
    }
  }

  /** Has the cache forget all of a tenant. */
  static void clear(TwoLevelCache<CachedEntry> cache, TenantId tenant) {
    cache.clear(Places.stamps(tenant));
    cache.clear(Places.documents(tenant));
  }
}
