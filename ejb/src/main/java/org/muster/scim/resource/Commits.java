package org.muster.scim.resource;

import org.muster.storage.Applied;
import org.muster.storage.Batch;

/** Applies a batch in a transaction of its own, which is committed on return. */
@FunctionalInterface
public interface Commits {
  /**
   * Applies and commits.
   *
   * @throws org.muster.storage.StorageException if it was not, or perhaps not, applied
   */
  Applied apply(Batch batch);
}
