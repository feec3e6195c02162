package org.muster.scim.resource;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.muster.scim.ScimException;
import org.muster.storage.StorageException;

/** Says of a failure of the store what the client is to be told; the one place that does. */
final class Failures {
  private static final Logger LOG = System.getLogger(Failures.class.getName());

  private Failures() {}

  /** Reads, with failures of the store told. */
  static <T> T reading(Supplier<T> read) {
    try {
      return read.get();
    } catch (StorageException e) {
      throw ofRead(e);
    }
  }

  static ScimException ofRead(StorageException failure) {
    if (failure instanceof StorageException.TooLarge) {
      return ScimException.badRequest(
          ScimException.Type.TOO_MANY,
          "The search would have to look at too many resources one by one; narrow it by an"
              + " indexed attribute, or page through all of them by cursor");
    }
    return other(failure);
  }

  static ScimException ofWrite(StorageException failure) {
    if (failure instanceof StorageException.NotUnique taken) {
      return ScimException.notUnique(taken.attribute());
    }
    if (failure instanceof StorageException.Erased) {
      return new ScimException(409, "A resource of this id was erased; the id can't be used again");
    }
    if (failure instanceof StorageException.TooLarge) {
      return new ScimException(413, "The resource is too large to be stored; the limit is 1 MiB");
    }
    return other(failure);
  }

  private static ScimException other(StorageException failure) {
    if (failure instanceof StorageException.Unavailable
        || failure instanceof StorageException.Conflict) {
      LOG.log(Level.WARNING, "The store is unavailable: " + failure.getMessage(), failure);
      return new ScimException(
          503, "The store can't be reached now; a write may or may not have been done");
    }
    if (failure instanceof StorageException.Unsupported) {
      LOG.log(Level.WARNING, "The back end can't do that: " + failure.getMessage(), failure);
      return new ScimException(501, "The tenant's store can't do that");
    }
    LOG.log(Level.ERROR, "The store failed: " + failure.getMessage(), failure);
    return new ScimException(500, "The server failed; its log says more");
  }
}
