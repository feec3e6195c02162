package org.muster.wiring;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.muster.config.Settings;
import org.muster.scim.definition.Preparing;
import org.muster.scim.definition.TenantResourceTypes;
import org.muster.storage.StorageException;

/**
 * Notices what other nodes have changed of the tenants' definitions, and has stored resources
 * prepared for it. The one does not wait for the other.
 */
@Singleton
@jakarta.ejb.Startup
@DependsOn("Startup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DefinitionUpkeep {
  private static final Logger LOG = System.getLogger(DefinitionUpkeep.class.getName());

  /** The clock that calls is seldom early, and often late. */
  private static final long SLACK_MILLIS = 500;

  private final AtomicBoolean preparingNow = new AtomicBoolean();
  private final AtomicLong nextRefresh = new AtomicLong(System.nanoTime());

  @Inject private TenantResourceTypes types;
  @Inject private Preparing preparing;
  @Inject private Settings settings;
  private long pollMillis;

  @PostConstruct
  void configure() {
    pollMillis = ScimSettings.pollMillis(settings);
  }

  /** Asks what others have changed, if it is time to. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void refresh() {
    long due = nextRefresh.get();
    long now = System.nanoTime();
    long next = now + TimeUnit.MILLISECONDS.toNanos(pollMillis - SLACK_MILLIS);
    if (now - due >= 0 && nextRefresh.compareAndSet(due, next)) {
      call(types::refresh);
    }
  }

  /** Prepares stored resources, if nobody on this node does. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void prepare() {
    if (preparingNow.compareAndSet(false, true)) {
      try {
        call(preparing::run);
      } finally {
        preparingNow.set(false);
      }
    }
  }

  private static void call(Runnable task) {
    try {
      task.run();
    } catch (StorageException e) {
      LOG.log(Level.WARNING, "The definitions of the tenants can''t be read: {0}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "The definitions of the tenants could not be kept up", e);
    }
  }
}
