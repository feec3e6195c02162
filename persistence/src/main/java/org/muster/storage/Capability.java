package org.muster.storage;

/** What a back end may be able to do; what it can't is refused, never imitated in part. */
public enum Capability {
  /** Takes part in the caller's JTA transaction. */
  TRANSACTIONS,
  /** Survives the end of the process. */
  DURABLE,
  /** Batches of more than one key. */
  MULTI_KEY_BATCH,
  /** Comparisons of indexed paths run in the back end. */
  FILTER,
  /** Order by indexed paths. */
  SORT,
  /** Pages by offset. */
  OFFSET,
  /** Links between documents. */
  LINKS
}
