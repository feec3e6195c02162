package org.muster.event.projection;

import org.muster.event.Projection;

/**
 * A projection that whoever appends events keeps up to date in the same transaction. A new one is
 * made beside it while it serves: {@link #apply} and {@link #clear} are about the new one.
 */
public interface Beside extends Projection {

  /** Tells all nodes that the new one is about to replace the old, or that it has. */
  void announce(boolean switching);

  /**
   * Replaces the old one by the new one, in the caller's transaction: waits for all who are writing
   * and lets nobody write until the transaction ends.
   *
   * @param catchUp applies what the new one has missed
   */
  void swap(Runnable catchUp);

  /**
   * Removes some of the old one, when it has been replaced.
   *
   * @return how many rows were removed; 0 says that nothing is left
   */
  long retire(int most);
}
