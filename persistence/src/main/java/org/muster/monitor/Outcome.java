package org.muster.monitor;

import java.util.Locale;
import org.muster.storage.StorageException;

/**
 * How a call ended. Most ends are answers, refusals among them: that a name is taken is what the
 * caller wanted to know. A call has failed if the server could not do its part.
 */
public enum Outcome {
  /** Done. */
  OK,
  /** Found in a cache. */
  HIT,
  /** Not found in a cache. */
  MISS,
  /** What was asked for can't be done as things are; of caches and services. */
  REFUSED,
  /** A precondition does not hold, or another writer was faster. */
  CONFLICT,
  /** A value has another owner. */
  NOT_UNIQUE,
  /** Over a limit. */
  TOO_LARGE,
  /** Nothing that the back end can do. */
  UNSUPPORTED,
  /** The subject was erased for good. */
  ERASED,
  /** The back end can't be reached or timed out; a failure. */
  UNAVAILABLE,
  /** What is stored can't be right; a failure. */
  CORRUPT,
  /** Anything else that was thrown; a failure. */
  ERROR;

  /** Whether the server could not do its part. */
  public boolean isFailure() {
    return switch (this) {
      case OK, HIT, MISS, REFUSED, CONFLICT, NOT_UNIQUE, TOO_LARGE, UNSUPPORTED, ERASED -> false;
      case UNAVAILABLE, CORRUPT, ERROR -> true;
    };
  }

  /** The name in metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of a call that ended with an exception. */
  public static Outcome of(RuntimeException thrown) {
    if (!(thrown instanceof StorageException)) {
      return ERROR;
    }
    if (thrown instanceof StorageException.Conflict) {
      return CONFLICT;
    }
    if (thrown instanceof StorageException.NotUnique) {
      return NOT_UNIQUE;
    }
    if (thrown instanceof StorageException.TooLarge) {
      return TOO_LARGE;
    }
    if (thrown instanceof StorageException.Unsupported) {
      return UNSUPPORTED;
    }
    if (thrown instanceof StorageException.Erased) {
      return ERASED;
    }
    return thrown instanceof StorageException.Corrupt ? CORRUPT : UNAVAILABLE;
  }
}
