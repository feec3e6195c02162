package org.muster.retention;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/** Has the tombstones purged whose time is over: now and then, by one node at a time. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PurgeTimer {
  private static final Logger LOG = System.getLogger(PurgeTimer.class.getName());

  @Resource private TimerService timers;
  @Inject private Purging purging;
  @Inject private Lease lease;
  @Inject private MetricRegistry registry;
  private volatile @Nullable RetentionMetrics metrics;
  private volatile Duration interval = Duration.ofHours(1);
  private volatile boolean stopped;

  /**
   * Has the first run begin after the interval.
   *
   * @param between from the end of a run to the beginning of the next
   */
  public void begin(Duration between) {
    interval = between;
    metrics = new RetentionMetrics(registry);
    next();
  }

  /** One run, and the wish for the next; a run is never over the one before. */
  @Timeout
  public void run() {
    try {
      if (!stopped && lease.take()) {
        try {
          purge();
        } finally {
          lease.release();
        }
      }
    } catch (RuntimeException e) {
      // The container gives a timer up that fails; what is due is still so in the next run.
      LOG.log(Level.WARNING, "What was deleted could not be purged; the next run tries again", e);
    }
    if (!stopped) {
      next();
    }
  }

  @PreDestroy
  void stop() {
    stopped = true;
  }

  private void next() {
    timers.createSingleActionTimer(interval.toMillis(), new TimerConfig(null, false));
  }

  private void purge() {
    long begin = System.nanoTime();
    Outcome outcome = purging.run(() -> !stopped && lease.take());
    RetentionMetrics shown = metrics;
    if (shown != null) {
      shown.record(outcome);
    }
    if (outcome.purged() > 0 || !outcome.complete()) {
      LOG.log(
          Level.INFO,
          "{0} deleted documents were purged in {1} ms; {2}",
          outcome.purged(),
          Duration.ofNanos(System.nanoTime() - begin).toMillis(),
          outcome.complete() ? "none is left whose time is over" : "the next run goes on");
    }
  }
}
