package org.muster.event;

import java.util.Optional;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageKey;

/**
 * Keeps snapshots, which can always be made anew of the events. Thread-safe; takes part in the
 * caller's transaction as the event store does.
 */
public interface SnapshotStore {
  /** The last one at or before an event of the stream; empty if there is none that can be read. */
  Optional<Snapshot> latest(StorageKey stream, long number);

  /** Keeps a snapshot; one of the same event is replaced. */
  void save(Snapshot snapshot);

  /** Removes those of a stream; they are made anew when they are needed. */
  void discard(StorageKey stream);

  /** Erases those of a tenant; as {@link EventStore#erase}. */
  long erase(TenantId tenant, int most);
}
