package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that are sent together, in one round trip where the driver can. What came of each is
 * handed on in their order.
 */
final class Script {
  /** Most statements that are sent together. */
  private static final int CHUNK = 100;

  /** Takes a row of a statement. */
  @FunctionalInterface
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** Is told how many rows a statement changed or returned, when they have been read. */
  @FunctionalInterface
  interface Handler {
    void done(int rows);
  }

  private record Step(Sql sql, RowReader reader, Handler handler) {}

  private final Dialect dialect;
  private final List<Step> steps = new ArrayList<>();

  Script(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Adds a statement whose outcome does not matter. */
  void add(Sql sql) {
    add(sql, rows -> {});
  }

  void add(Sql sql, Handler handler) {
    add(sql, row -> {}, handler);
  }

  void add(Sql sql, RowReader reader, Handler handler) {
    steps.add(new Step(sql, reader, handler));
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** Sends what was added, and forgets it. */
  void run(Connection connection) throws SQLException {
    int chunk = dialect.pipelines() ? CHUNK : 1;
    for (int start = 0; start < steps.size(); start += chunk) {
      run(connection, steps.subList(start, Math.min(start + chunk, steps.size())));
    }
    steps.clear();
  }

  private void run(Connection connection, List<Step> together) throws SQLException {
    Sql joined = together.get(0).sql();
    if (together.size() > 1) {
      joined = new Sql();
      for (Step step : together) {
        joined.add(joined.isEmpty() ? "" : ";\n").add(step.sql());
      }
    }
    try (PreparedStatement statement = dialect.prepare(connection, joined)) {
      boolean returnsRows = statement.execute();
      for (Step step : together) {
        int rows = returnsRows ? read(statement, step.reader()) : statement.getUpdateCount();
        step.handler().done(rows);
        returnsRows = together.size() > 1 && statement.getMoreResults();
      }
    }
  }

  private static int read(PreparedStatement statement, RowReader reader) throws SQLException {
    int rows = 0;
    try (ResultSet result = statement.getResultSet()) {
      while (result.next()) {
        rows++;
        reader.read(result);
      }
    }
    return rows;
  }
}
