package org.muster.cache.twolevel;

import org.jspecify.annotations.Nullable;

/**
 * Whether this node hears all others.
 *
 * @param second those who share level 2; null if there is none
 * @param others those who do not; null if there are none
 */
record Hearings(@Nullable Hearing second, @Nullable Hearing others) {
  /** Called with each read; waits for nobody. */
  boolean isHeard() {
    return (second == null || second.isHeard()) && (others == null || others.isHeard());
  }

  /** Called with each write; what is being dropped is gone before this returns. */
  boolean isHeardAfterAll() {
    return (second == null || second.isHeardAfterAll())
        && (others == null || others.isHeardAfterAll());
  }
}
