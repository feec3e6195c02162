package org.muster.delivery;

/** Where changes become transactions. */
@FunctionalInterface
public interface Writes {
  /** Runs something in a transaction of its own, which is committed on return. */
  void write(Runnable change);
}
