package org.muster.sql;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.muster.storage.StorageException;

/**
 * Where statements run: on the connection of the entity manager's transaction if there is one, else
 * on a connection of their own, each statement by itself.
 */
public final class Connections {
  /** What is done with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private final EntityManager entities;
  private final DataSource dataSource;
  private final Transactions transactions;

  /**
   * Connections of the caller's transactions, or of their own.
   *
   * @param transactions are asked first: outside of a transaction the container may have closed the
   *     entity manager of a thread that goes on for longer than the request that began it
   */
  public Connections(EntityManager entities, DataSource dataSource, Transactions transactions) {
    this.entities = entities;
    this.dataSource = dataSource;
    this.transactions = transactions;
  }

  public <T> T read(Work<T> work) {
    Connection joined = joined();
    if (joined != null) {
      return run(joined, work);
    }
    return apart(work);
  }

  /** Outside of the caller's transaction. */
  public <T> T apart(Work<T> work) {
    try (Connection own = acquire()) {
      return run(own, work);
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  /** Needs a transaction, which can only be rolled back if the work fails. */
  public <T> T write(Work<T> work) {
    Connection joined = joined();
    if (joined == null) {
      throw new IllegalStateException("A batch is applied in a transaction");
    }
    return run(joined, work);
  }

  /** Whether the caller is in a transaction. */
  public boolean isJoined() {
    return transactions.current() != null && entities.isJoinedToTransaction();
  }

  /**
   * Asked of the entity manager once in a transaction: that takes longer than a small statement.
   */
  private @Nullable Connection joined() {
    Object known = transactions.kept(this);
    if (known != null) {
      return (Connection) known;
    }
    Connection joined = isJoined() ? entities.unwrap(Connection.class) : null;
    if (joined != null) {
      transactions.keep(this, joined);
    }
    return joined;
  }

  private Connection acquire() {
    try {
      return dataSource.getConnection();
    } catch (SQLException e) {
      throw new StorageException.Unavailable("There is no connection to the database", e);
    }
  }

  private static <T> T run(Connection connection, Work<T> work) {
    try {
      return work.with(connection);
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }
}
