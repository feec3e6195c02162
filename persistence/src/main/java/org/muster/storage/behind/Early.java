package org.muster.storage.behind;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.muster.storage.behind.log.WriteLog;

/** A write that the log has, of which it is not decided yet whether it counts. */
final class Early {
  private static final Logger LOG = System.getLogger(Early.class.getName());

  private final Admission admission;
  private final WriteLog log;
  private final PendingWrite write;
  private final long number;
  private final int bytes;
  private boolean decided;

  Early(Admission admission, WriteLog log, PendingWrite write, long number, int bytes) {
    this.admission = admission;
    this.log = log;
    this.write = write;
    this.number = number;
    this.bytes = bytes;
  }

  PendingWrite write() {
    return write;
  }

  /** Whether it counts; only the first answer does. */
  synchronized void decide(boolean committed) {
    if (decided) {
      return;
    }
    decided = true;
    if (committed) {
      admission.enter(write, number, bytes);
      return;
    }
    try {
      log.cancel(List.of(number));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A write that was rolled back may be there after a restart", e);
    } finally {
      admission.release(write.key());
    }
  }
}
