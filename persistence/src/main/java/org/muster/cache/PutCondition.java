package org.muster.cache;

/** When an entry may be put. */
public sealed interface PutCondition {

  /** In any case. */
  record Always() implements PutCondition {}

  /** If nothing is served under the key; a mark of voiding does not matter. */
  record IfVacant() implements PutCondition {}

  /**
   * If the slot has this mark: 0 for nothing, the version of what is replaced, or what voiding has
   * left.
   */
  record IfMark(long mark) implements PutCondition {}
}
