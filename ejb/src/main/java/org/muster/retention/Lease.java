package org.muster.retention;

/** The right of one node at a time to purge; it ends by itself some time after it was taken. */
public interface Lease {
  /** Takes it, or keeps it for longer; false if another node has it. */
  boolean take();

  /** Gives it back, if this node has it. */
  void release();
}
