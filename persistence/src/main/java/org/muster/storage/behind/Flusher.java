package org.muster.storage.behind;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.muster.storage.behind.PendingWrites.Work;

/** Takes what is due, until nothing is taken any more. */
final class Flusher implements Runnable {
  private static final Logger LOG = System.getLogger(Flusher.class.getName());

  /** How many keys are written in one transaction. */
  private static final int KEYS = 64;

  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  private final PendingWrites pending;
  private final Flush flush;
  private final Runnable whenIdle;

  /**
   * Makes one.
   *
   * @param whenIdle is done when nothing was due for a while
   */
  Flusher(PendingWrites pending, Flush flush, Runnable whenIdle) {
    this.pending = pending;
    this.flush = flush;
    this.whenIdle = whenIdle;
  }

  @Override
  public void run() {
    while (!pending.isStopped()) {
      try {
        List<Work> works = pending.take(KEYS, IDLE);
        if (works.isEmpty()) {
          whenIdle.run();
        } else {
          flush.run(works);
        }
      } catch (RuntimeException | Error e) { // without this thread nothing would be written
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        LOG.log(Level.ERROR, "Writing what was acknowledged has failed; it goes on", e);
        pending.pause(AFTER_A_FAILURE);
      }
    }
  }
}
