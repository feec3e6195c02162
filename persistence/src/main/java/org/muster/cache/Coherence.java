package org.muster.cache;

import java.time.Duration;

/** How a level keeps what several nodes have of it alike. Thread-safe. */
public interface Coherence {
  /** For how long a voided key is remembered. */
  Duration guard();

  /**
   * Has a listener told of what others void and put, from now on. Where a level tells before the
   * other node's call returns, {@link #isImmediate} says so. A level of this node alone tells
   * nothing.
   */
  void listen(VoidListener listener);

  /** Whether listeners have been told of a change when the call that made it returns. */
  boolean isImmediate();

  /**
   * Whether the level answers and hears of what others do. Before it is connected again, listeners
   * are told {@link VoidListener#voidedAll}.
   */
  boolean isConnected();
}
