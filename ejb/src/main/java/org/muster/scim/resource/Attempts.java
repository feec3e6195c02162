package org.muster.scim.resource;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.muster.scim.ScimException;
import org.muster.storage.StorageException;

/** Repeats a write that lost a race: at most 5 times, after a short random pause; then 503. */
public final class Attempts {
  static final int MAX_REPEATS = 5;
  private static final long SHORTEST_PAUSE_NANOS = 2_000_000;

  private Attempts() {}

  /** What {@code attempt} makes of the present state; each attempt commits on its own. */
  public static <T> T repeat(Supplier<T> attempt) {
    for (int lost = 0; ; lost++) {
      try {
        return attempt.get();
      } catch (StorageException.Conflict e) {
        if (lost == MAX_REPEATS) {
          throw new ScimException(503, "Others keep changing the resource; try again later");
        }
        pause(lost);
      } catch (StorageException e) {
        throw Failures.ofWrite(e);
      }
    }
  }

  private static void pause(int lost) {
    long most = SHORTEST_PAUSE_NANOS << (lost + 1);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_NANOS / 2, most));
  }
}
