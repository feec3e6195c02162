package org.muster.event.projection;

/**
 * Which of the generations of a projection is in use, of those that lie beside each other; the same
 * for all nodes. Thread-safe; in the database, all but {@link #current} need a transaction.
 */
public interface Generations {
  /** The one that is read. */
  int current();

  /** The one that is written; it stays in use until the caller's transaction ends. */
  int forWriting();

  /** Tells whether another one is about to be used, so that everybody asks each time. */
  void announce(boolean switching);

  /**
   * Waits for all who are writing, and lets nobody write until the caller's transaction ends.
   *
   * @return the one that is in use
   */
  int hold();

  /** Has another one used from the end of the caller's transaction on; after {@link #hold}. */
  void use(int generation);
}
