package org.muster.tenant;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.muster.operations.Readiness;

/** Looks every five seconds for tenants that are being deleted. */
@Singleton
@Startup
@DependsOn("Startup") // which tells why the application can't start
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ErasureSchedule {
  @Inject private TenantErasure erasure;
  @Inject private Readiness readiness;

  /** Erases them. */
  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  public void run() {
    if (readiness.isReady()) {
      erasure.run();
    }
  }
}
