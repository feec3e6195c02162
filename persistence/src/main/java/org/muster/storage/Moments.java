package org.muster.storage;

/**
 * Gives out versions and times before the batches that are applied as of them. Each is given once,
 * and no batch without one of its own gets it. Thread-safe.
 */
@FunctionalInterface
public interface Moments {
  /** The next one; now. */
  Applied.Moment next();
}
