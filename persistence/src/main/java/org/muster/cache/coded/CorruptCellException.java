package org.muster.cache.coded;

/** Bytes that are no cell, or not the one that was written. */
public final class CorruptCellException extends Exception {
  private static final long serialVersionUID = 1L;

  CorruptCellException(String message) {
    super(message);
  }

  CorruptCellException(String message, Throwable cause) {
    super(message, cause);
  }
}
