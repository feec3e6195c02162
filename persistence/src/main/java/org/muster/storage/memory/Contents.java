package org.muster.storage.memory;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/** All that a memory store holds; for one writer at a time, or many readers. */
final class Contents {
  final LinkGraph links = new LinkGraph();
  private final Map<Place, Shelf> shelves = new HashMap<>();
  private long lastVersion;

  private record Place(TenantId tenant, String collection) {}

  long nextVersion() {
    return ++lastVersion;
  }

  /** The shelf of a collection, for reading: an empty one if nothing was ever written. */
  Shelf shelf(TenantId tenant, String collection) {
    Shelf shelf = shelves.get(new Place(tenant, collection));
    return shelf == null ? new Shelf() : shelf;
  }

  /** The shelf of a key, for writing. */
  Shelf shelfToWrite(StorageKey key) {
    return shelves.computeIfAbsent(new Place(key.tenant(), key.collection()), place -> new Shelf());
  }

  /** The live document under a key. */
  @Nullable Stored live(StorageKey key) {
    return shelf(key.tenant(), key.collection()).documents.get(key.id());
  }
}
