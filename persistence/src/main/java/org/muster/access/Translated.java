package org.muster.access;

import jakarta.persistence.PersistenceException;
import java.util.function.Supplier;
import org.muster.storage.StorageException;

/**
 * Calls of the entity manager, whose failures are told in the words of storage. Reads are queries:
 * {@code find} fails with exceptions that are not of JPA.
 */
final class Translated {
  private Translated() {}

  static <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (PersistenceException e) {
      throw new StorageException.Unavailable("The database did not do it", e);
    }
  }
}
