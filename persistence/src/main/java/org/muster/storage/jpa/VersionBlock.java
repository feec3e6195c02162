package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.muster.sql.Connections;

/**
 * Hands out versions from blocks that a sequence of the database reserves, so that none is handed
 * out twice, by whatever node. Thread-safe.
 */
final class VersionBlock {
  /** The sequence's increment; see the migrations. */
  private static final int SIZE = 1_000;

  /** Most blocks that one statement draws. */
  private static final int MOST_BLOCKS = 1_000_000;

  private final Dialect dialect;
  private long next;
  private long end;

  VersionBlock(Dialect dialect) {
    this.dialect = dialect;
  }

  synchronized long next(Connection connection) throws SQLException {
    if (next == end) {
      next = reserve(connection, 1);
      end = next + SIZE;
    }
    return next++;
  }

  /** The same for who needs no connection but for a new block. */
  synchronized long next(Connections connections) {
    return next == end ? connections.read(this::next) : next++;
  }

  /**
   * Makes sure that what is handed out from now on is behind a version that was given from outside.
   * Asks the database only when that is behind all that is known to be reserved.
   */
  synchronized void pass(Connection connection, long given) throws SQLException {
    if (given >= end) {
      long start = reserve(connection, 1);
      while (start + SIZE <= given) {
        start = reserve(connection, (int) Math.min(MOST_BLOCKS, (given - start) / SIZE));
      }
      next = start;
      end = start + SIZE;
    }
    next = Math.max(next, given + 1);
  }

  /** Reserves blocks; the first version of the last of them. */
  private long reserve(Connection connection, int blocks) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(dialect.nextVersions(blocks))) {
      if (!result.next()) {
        throw new SQLException("The sequence of versions yields nothing");
      }
      return result.getLong(1);
    }
  }
}
