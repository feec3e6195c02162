package org.muster.event.projection;

import java.time.Instant;
import java.util.Optional;
import org.muster.storage.StorageException;

/**
 * Keeps how far projections are. Thread-safe; one in the database takes part in the caller's
 * transaction, and needs one but for {@link #find}.
 */
public interface ProjectionProgress {
  /** The progress of a projection; empty if it was never run. */
  Optional<Progress> find(String name);

  /**
   * Takes the progress of a projection, so that nobody else can until the transaction ends; it is
   * begun if there is none.
   *
   * @param patient whether to wait for whoever has it; if not, it is empty while somebody has it
   */
  Optional<Progress> take(String name, boolean patient, Instant now);

  /**
   * Keeps a progress under a new version.
   *
   * @throws StorageException.Conflict if it is not at the version any more; nothing was written
   */
  Progress save(Progress changed);
}
