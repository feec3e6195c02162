package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Hands out versions from blocks that a sequence of the database reserves, so that none is handed
 * out twice, by whatever node. Thread-safe.
 */
final class VersionBlock {
  /** The sequence's increment; see the migrations. */
  private static final int SIZE = 1_000;

  private final Dialect dialect;
  private long next;
  private long end;

  VersionBlock(Dialect dialect) {
    this.dialect = dialect;
  }

  synchronized long next(Connection connection) throws SQLException {
    if (next == end) {
      next = reserve(connection);
      end = next + SIZE;
    }
    return next++;
  }

  private long reserve(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(dialect.nextVersions())) {
      if (!result.next()) {
        throw new SQLException("The sequence of versions yields nothing");
      }
      return result.getLong(1);
    }
  }
}
