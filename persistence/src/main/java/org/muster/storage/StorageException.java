package org.muster.storage;

import jakarta.ejb.ApplicationException;
import org.jspecify.annotations.Nullable;

/** A failure of storage; its kind says what the caller may do next. No message holds a secret. */
@ApplicationException(rollback = true, inherited = true)
public abstract sealed class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A precondition does not hold, or another writer was faster; nothing was written. */
  public static final class Conflict extends StorageException {
    private static final long serialVersionUID = 1L;
    private final transient @Nullable StorageKey key;

    public Conflict(StorageKey key, String message) {
      super(message, null);
      this.key = key;
    }

    public Conflict(String message, Throwable cause) {
      super(message, cause);
      this.key = null;
    }

    /** The key whose precondition does not hold; null if only the database knows. */
    public @Nullable StorageKey key() {
      return key;
    }
  }

  /** A claimed value has another owner; nothing was written. */
  public static final class NotUnique extends StorageException {
    private static final long serialVersionUID = 1L;
    private final String attribute;

    public NotUnique(String attribute) {
      super("The value of " + attribute + " is taken", null);
      this.attribute = attribute;
    }

    /** The attribute whose value is taken. */
    public String attribute() {
      return attribute;
    }
  }

  /** The back end can't be reached or timed out; the outcome may be unknown: read, then retry. */
  public static final class Unavailable extends StorageException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** A document, batch, or scan is over a limit of the back end; nothing was written. */
  public static final class TooLarge extends StorageException {
    private static final long serialVersionUID = 1L;

    public TooLarge(String message) {
      super(message, null);
    }
  }

  /** The back end can't do that, as its capabilities say; nothing was written. */
  public static final class Unsupported extends StorageException {
    private static final long serialVersionUID = 1L;

    public Unsupported(String message) {
      super(message, null);
    }
  }

  /** The subject of the key was erased for good; nothing was written, and nothing ever will be. */
  public static final class Erased extends StorageException {
    private static final long serialVersionUID = 1L;
    private final transient @Nullable StorageKey key;

    public Erased(StorageKey key) {
      super("The subject was erased; its id can't be used again", null);
      this.key = key;
    }

    /** The key of the subject; null only after the exception was sent elsewhere. */
    public @Nullable StorageKey key() {
      return key;
    }
  }

  /** What is stored can't be right; an operator has to look. */
  public static final class Corrupt extends StorageException {
    private static final long serialVersionUID = 1L;

    public Corrupt(String message) {
      super(message, null);
    }

    public Corrupt(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
