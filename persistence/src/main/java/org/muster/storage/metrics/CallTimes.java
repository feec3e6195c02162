package org.muster.storage.metrics;

import java.time.Duration;

/** Where {@link MeteredStorage} notes its calls. Thread-safe. */
@FunctionalInterface
public interface CallTimes {
  /**
   * Notes one call.
   *
   * @param outcome "ok", the kind of the {@link org.muster.storage.StorageException}, for instance
   *     "conflict", or "error"
   */
  void record(String operation, String outcome, Duration taken);
}
