package org.muster.operations;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The database pool of the server, as it is at the moment. The server's own metrics of it stay at 0
 * unless its byte-code monitoring runs; so the pool is asked directly. Thread-safe.
 */
@ApplicationScoped
public class ConnectionPool {
  private static final String NAME = "muster";
  private static final Logger LOG = System.getLogger(ConnectionPool.class.getName());

  private @Nullable ServerPool pool;

  @PostConstruct
  void find() {
    try {
      pool = new ServerPool(NAME);
    } catch (ReflectiveOperationException e) {
      LOG.log(Level.INFO, "No figures of the database pool: this server does not tell them", e);
    }
  }

  /** Whether this server has such a pool and tells of it. */
  public boolean isKnown() {
    return pool != null;
  }

  /** How it is; empty before its first use, and if it is not known. */
  public Optional<PoolFigures> figures() {
    ServerPool known = pool;
    return known == null ? Optional.empty() : known.figures();
  }
}
