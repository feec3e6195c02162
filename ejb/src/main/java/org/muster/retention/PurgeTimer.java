package org.muster.retention;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Has the tombstones purged whose time is over: now and then, by one node at a time. It looks every
 * second whether it is time, since the server has no store for timers that are made at run time.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PurgeTimer {
  private static final Logger LOG = System.getLogger(PurgeTimer.class.getName());

  // Made when it is first needed, which is after the migration
  @Inject private Instance<Purging> purging;
  @Inject private Lease lease;
  @Inject private MetricRegistry registry;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile @Nullable RetentionMetrics metrics;
  private volatile Duration interval = Duration.ZERO;
  private volatile long dueNanos;
  private volatile boolean stopped;

  /**
   * Has the first run begin after the interval.
   *
   * @param between from the end of a run to the beginning of the next
   */
  public void begin(Duration between) {
    interval = between;
    dueNanos = System.nanoTime() + between.toNanos();
    metrics = new RetentionMetrics(registry);
  }

  /** Runs if it is time, and no run is under way. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void tick() {
    if (metrics == null || stopped || System.nanoTime() - dueNanos < 0) {
      return;
    }
    if (running.compareAndSet(false, true)) {
      try {
        run();
      } finally {
        dueNanos = System.nanoTime() + interval.toNanos();
        running.set(false);
      }
    }
  }

  private void run() {
    try {
      if (lease.take()) {
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
  }

  @PreDestroy
  void stop() {
    stopped = true;
  }

  private void purge() {
    long begin = System.nanoTime();
    Outcome outcome = purging.get().run(() -> !stopped && lease.take());
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
