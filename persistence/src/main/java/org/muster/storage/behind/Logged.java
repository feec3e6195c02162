package org.muster.storage.behind;

import org.jspecify.annotations.Nullable;
import org.muster.storage.StorageKey;

/**
 * A write that the log has.
 *
 * @param number of its entry there
 * @param bytes of its entry
 * @param ticket its place among all that are pending
 * @param sinceNanos since when it is pending
 * @param wasThere whether it was read from the log when that was opened
 */
record Logged(
    PendingWrite write, long number, int bytes, long ticket, long sinceNanos, boolean wasThere) {
  StorageKey key() {
    return write.key();
  }

  static @Nullable PendingWrite of(@Nullable Logged logged) {
    return logged == null ? null : logged.write;
  }
}
