package org.muster.storage;

/** What became of the wish for an index. */
public enum Indexed {
  /** It is there. */
  READY,
  /** Another one is being built; try again. */
  LATER,
  /** There are too many already. */
  REFUSED
}
