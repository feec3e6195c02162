package org.muster.operations;

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
import org.muster.monitor.Monitor;

/** Has the monitor do what is due, every second. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MonitorTimer {
  private static final Logger LOG = System.getLogger(MonitorTimer.class.getName());

  @Inject private Readiness readiness;
  // Made when the application starts, not when the server makes its timers
  @Inject private Instance<Monitor> monitor;

  /** A second has passed. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void tick() {
    if (!readiness.isReady()) {
      return;
    }
    try {
      monitor.get().tick();
    } catch (RuntimeException e) {
      // The container gives a timer up that fails.
      LOG.log(Level.WARNING, "The monitor could not look at what was called", e);
    }
  }
}
