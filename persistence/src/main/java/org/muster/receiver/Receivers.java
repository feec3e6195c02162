package org.muster.receiver;

import java.util.List;
import java.util.Optional;
import org.muster.event.Position;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;

/**
 * Keeps receivers. Thread-safe; a store in the database takes part in the caller's transaction and
 * needs one for each change. Throws {@link StorageException} and no driver exception.
 */
public interface Receivers {
  /** A receiver; empty if there is none of that id. */
  Optional<Receiver> find(ReceiverId id);

  /** A page of the receivers of a tenant, by ascending id. */
  List<Receiver> page(TenantId tenant, String afterId, int limit);

  /**
   * Adds a receiver.
   *
   * @param receiver its version does not matter
   * @param start where its events begin
   * @return it with its version
   * @throws StorageException.Conflict if there is one of that id
   */
  Receiver add(Receiver receiver, Position start);

  /**
   * Replaces a receiver; how far it is stays so.
   *
   * @param receiver its version does not matter
   * @return it with its new version
   * @throws StorageException.Conflict if {@code expected} does not hold; nothing was written, and a
   *     transaction can only be rolled back
   */
  Receiver replace(Receiver receiver, Precondition expected);

  /**
   * Removes a receiver and all that is noted for it.
   *
   * @return whether there was one
   * @throws StorageException.Conflict as {@link #replace}
   */
  boolean remove(ReceiverId id, Precondition expected);

  /**
   * Erases those of a tenant that is no longer served, with all that is noted for them, in steps.
   *
   * @param most about how many rows a step removes at most
   * @return how many were removed; 0 says that nothing is left
   */
  long erase(TenantId tenant, int most);
}
