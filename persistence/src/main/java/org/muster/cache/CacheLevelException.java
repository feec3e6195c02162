package org.muster.cache;

/**
 * A level could not do what it was asked for; whether it has done it is unknown. Who caches goes on
 * without it.
 */
public final class CacheLevelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CacheLevelException(String message, Throwable cause) {
    super(message, cause);
  }

  public CacheLevelException(String message) {
    super(message);
  }
}
