package org.muster.erasure;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.muster.event.SnapshotStore;
import org.muster.event.seal.SubjectKeys;
import org.muster.kernel.Origin;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Secrets;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;

/**
 * What is done to a subject, which has to be deleted, in one transaction: its tombstone and that of
 * its secrets are purged, the keys of both destroyed, their snapshots discarded. Thread-safe.
 */
final class Erasing {
  private final StorageProvider storage;
  private final SubjectKeys keys;
  private final SnapshotStore snapshots;
  private final Clock clock;

  Erasing(StorageProvider storage, SubjectKeys keys, SnapshotStore snapshots, Clock clock) {
    this.storage = storage;
    this.keys = keys;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /**
   * Erases. The purge is told of first, since nothing can be told any more afterwards; and the
   * destruction of the key waits for who may just be making the subject anew.
   *
   * @throws ScimException 409 if it is live
   */
  void erase(StorageKey subject, Origin origin) {
    requireDeleted(subject);
    List<StorageKey> parts = List.of(subject, Secrets.key(subject));
    Batch.Builder purge = Batch.builder(subject.tenant()).from(origin);
    parts.stream()
        .flatMap(part -> storage.buried(part).stream())
        .map(buried -> new Change.Purge(buried.tombstone().key(), buried.tombstone().version()))
        .forEach(purge::add);
    if (!purge.isEmpty()) {
      storage.apply(purge.build());
    }
    for (StorageKey part : parts) {
      keys.destroy(part, clock.instant(), origin.actor());
      snapshots.discard(part);
    }
    requireDeleted(subject);
  }

  private void requireDeleted(StorageKey subject) {
    if (!storage.existing(Set.of(subject)).isEmpty()) {
      throw new ScimException(409, "It is not deleted; only what was deleted can be erased");
    }
  }
}
