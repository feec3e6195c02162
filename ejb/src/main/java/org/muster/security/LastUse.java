package org.muster.security;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Set;
import org.muster.storage.StorageException;

/** Writes down once a minute which tokens were used, all of them in one statement. */
@Singleton
@Startup
@DependsOn("Startup") // which tells why the application can't start
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LastUse {
  private static final Logger LOG = System.getLogger(LastUse.class.getName());

  @Inject private Authenticator authenticator;
  @Inject private TokenStore store;

  /** Writes the uses since the last call. */
  @Schedule(hour = "*", minute = "*", second = "20", persistent = false)
  @PreDestroy
  public void write() {
    Set<String> used = authenticator.drainUsed();
    if (used.isEmpty()) {
      return;
    }
    try {
      store.touch(used, Instant.now());
    } catch (StorageException e) {
      // Only the time of the last use is lost; the next minute has a newer one.
      LOG.log(Level.WARNING, "The last use of {0} tokens was not written", used.size());
    }
  }
}
