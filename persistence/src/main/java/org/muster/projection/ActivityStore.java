package org.muster.projection;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * Keeps which documents are live and when each was last changed, and counts them. Thread-safe for
 * one writer. A store in the database takes part in the caller's transaction, and needs one for
 * what writes. Throws {@link StorageException} and no driver exception.
 */
public interface ActivityStore {

  /** Notes what has become of documents, of any number of tenants, in a few steps. */
  void mark(Map<StorageKey, ActivityMark> marks);

  /** How many documents the collections of a tenant have, by name; without those that have none. */
  SortedMap<String, ActivityCount> counts(TenantId tenant);

  /** A page of documents; shorter than its limit only if there are no more. */
  List<Activity> page(ActivityQuery query);

  /** Removes some of all that there is; as {@link org.muster.event.Projection#clear}. */
  long clear(int most);

  /** Erases what there is of a tenant; as {@link org.muster.event.EventStore#erase}. */
  long erase(TenantId tenant, int most);
}
