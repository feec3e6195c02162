package org.muster.sql;

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
public final class Script {
  /** Most statements that are sent together. */
  private static final int CHUNK = 100;

  /** Takes a row of a statement. */
  @FunctionalInterface
  public interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** Is told how many rows a statement changed or returned, when they have been read. */
  @FunctionalInterface
  public interface Handler {
    void done(int rows);
  }

  private record Step(Sql sql, RowReader reader, Handler handler) {}

  private final SqlDialect dialect;
  private final List<Step> steps = new ArrayList<>();

  public Script(SqlDialect dialect) {
    this.dialect = dialect;
  }

  /** Adds a statement whose outcome does not matter. */
  public void add(Sql sql) {
    add(sql, rows -> {});
  }

  public void add(Sql sql, Handler handler) {
    add(sql, row -> {}, handler);
  }

  public void add(Sql sql, RowReader reader, Handler handler) {
    steps.add(new Step(sql, reader, handler));
  }

  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /** Sends what was added, and forgets it. */
  public void run(Connection connection) throws SQLException {
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
