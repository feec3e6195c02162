package org.muster.event.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.muster.event.EventFilter;
import org.muster.event.EventType;
import org.muster.event.Position;
import org.muster.kernel.TenantId;
import org.muster.sql.PostgresSql;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;

/** The statements in which the databases differ. Stateless. */
abstract class EventSql {
  /** The dialect. */
  final SqlDialect dialect;

  EventSql(SqlDialect dialect) {
    this.dialect = dialect;
  }

  static EventSql of(SqlDialect dialect) {
    return dialect instanceof PostgresSql ? new PostgresEvents(dialect) : new H2Events(dialect);
  }

  /**
   * Inserts events; a row of no, number for each of them whose stream is as expected.
   *
   * @param keys inserted with them; if one of the streams has a key already, no event is
   */
  abstract void insert(
      Script script, List<Appending.New> events, List<KeySql.New> keys, Script.RowReader inserted);

  /**
   * How far a look has come.
   *
   * @param position nothing that is wanted can come up to here, but what was read
   * @param isEnd whether there is nothing behind it for now
   */
  record Reach(Position position, boolean isEnd) {}

  /** Reads what is wanted behind a position, as far as it goes through in a call. */
  abstract Reach after(
      Connection connection, Position position, EventFilter filter, int limit, EventRows rows)
      throws SQLException;

  /** The position up to which nothing can come. */
  abstract Position end(Connection connection) throws SQLException;

  /** The last number that was drawn, be it committed or not. */
  Position drawn(Connection connection) throws SQLException {
    return end(connection);
  }

  /** Removes some rows of a tenant. */
  abstract long erase(Connection connection, String table, TenantId tenant, int most)
      throws SQLException;

  /** How much is before an event of those that {@code from} has, by {@code no}. */
  static String before(String length) {
    return "sum("
        + length
        + ") over (order by e.no rows between unbounded preceding and 1 preceding)";
  }

  /** The condition that an event {@code e} is behind a position and wanted. */
  static Sql wanted(Position position, EventFilter filter) {
    Sql sql = Sql.of("e.no > ?", position.sequence());
    filter.tenant().ifPresent(tenant -> sql.add(" and e.tenant = ?", tenant.value()));
    if (!filter.collections().isEmpty()) {
      sql.add(" and e.collection = any(?)", (Object) sorted(filter.collections().stream()));
    }
    if (!filter.types().isEmpty()) {
      sql.add(
          " and e.type = any(?)", (Object) sorted(filter.types().stream().map(EventType::word)));
    }
    return sql;
  }

  private static String[] sorted(Stream<String> words) {
    return words.sorted().toArray(String[]::new);
  }

  /** Runs one statement whose rows are read. */
  final void query(Connection connection, Sql sql, Script.RowReader reader) throws SQLException {
    Script script = new Script(dialect);
    script.add(sql, reader, rows -> {});
    script.run(connection);
  }

  /** Runs one statement; how many rows it has changed. */
  final long execute(Connection connection, Sql sql) throws SQLException {
    List<Integer> counts = new ArrayList<>();
    Script script = new Script(dialect);
    script.add(sql, counts::add);
    script.run(connection);
    return counts.get(0);
  }
}
