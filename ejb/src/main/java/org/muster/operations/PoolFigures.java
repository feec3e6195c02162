package org.muster.operations;

/**
 * The connections of the database pool.
 *
 * @param active in use
 * @param idle open and free
 * @param waiting requests that wait for one
 * @param least kept open
 * @param most that there may be
 */
public record PoolFigures(int active, int idle, int waiting, int least, int most) {
  /** The open ones. */
  public int size() {
    return active + idle;
  }
}
