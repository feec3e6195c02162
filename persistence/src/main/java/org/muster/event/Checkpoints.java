package org.muster.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;

/**
 * Keeps how far consumers of the events are. Thread-safe; a store in the database takes part in the
 * caller's transaction and needs one for each change, so that what a consumer does with the events
 * can be one with its progress. Throws {@link StorageException} and no driver exception.
 */
public interface Checkpoints {
  /** The checkpoint of a consumer; empty if it has none. */
  Optional<Checkpoint> find(ConsumerId consumer);

  /** A page of the checkpoints of a tenant, by ascending name. */
  List<Checkpoint> page(TenantId tenant, String afterName, int limit);

  /**
   * Sets a checkpoint, forward or backward.
   *
   * @param expected of the checkpoint that there is, if any
   * @throws StorageException.Conflict if {@code expected} does not hold; nothing was written, and a
   *     transaction can only be rolled back
   */
  Checkpoint save(ConsumerId consumer, Position position, Instant time, Precondition expected);

  /**
   * Removes a checkpoint.
   *
   * @return whether there was one
   * @throws StorageException.Conflict as {@link #save}
   */
  boolean remove(ConsumerId consumer, Precondition expected);

  /**
   * When the oldest event happened that some consumer has not passed; empty if there is none.
   *
   * @param internal of the parts of the server, or of all others
   */
  Optional<Instant> oldestUnread(boolean internal);

  /** Erases those of a tenant; as {@link EventStore#erase}. */
  long erase(TenantId tenant, int most);
}
