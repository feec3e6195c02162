package org.muster.event.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.muster.event.EventFilter;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;

/** PostgreSQL. */
final class PostgresEvents extends EventSql {
  private static final String COLUMNS =
      "insert into event (tx, no, tenant, collection, id, number, event_id, type, form, version,"
          + " time_ms, actor, content)";

  /** More than the transactions that may have been between the last event and a copy. */
  private static final long MARGIN = 1L << 32;

  private static final String TRANSACTION =
      "(select base from event_epoch) + pg_current_xact_id()::text::bigint";

  /** The number from which on transactions may still be open. */
  private static final String OPEN =
      "(select base from event_epoch)" + " + pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

  private static final String LAST =
      "(select coalesce(max(l.number), 0) as n from event l where l.tenant = %s"
          + " and l.collection = %s and l.id = %s)";

  PostgresEvents(SqlDialect dialect) {
    super(dialect);
  }

  /** One node at a time, so that none of them takes the step of another for its own. */
  @Override
  void begin(Connection connection) throws SQLException {
    execute(connection, Sql.of("select pg_advisory_lock(7313)"));
    try {
      execute(
          connection,
          Sql.of("update event_epoch set base = m.tx + " + MARGIN)
              .add(" from (select coalesce(max(tx), 0) as tx from event) m")
              .add(" where m.tx > base + pg_current_xact_id()::text::bigint"));
    } finally {
      execute(connection, Sql.of("select pg_advisory_unlock(7313)"));
    }
  }

  @Override
  void insert(
      Script script, List<Appending.New> events, List<KeySql.New> keys, Script.RowReader inserted) {
    Sql sql = new Sql();
    if (!keys.isEmpty()) {
      sql.add("with k as (")
          .add(KeySql.insert(keys, events.get(0).recorded().time().toEpochMilli()));
      sql.add(" returning 1) ");
    }
    sql.add(events.size() == 1 ? one(events.get(0)) : all(events));
    if (!keys.isEmpty()) {
      sql.add(" and (select count(*) from k) = " + keys.size());
    }
    script.add(sql.add(" returning tx, no, number"), inserted, rows -> {});
  }

  private static Sql one(Appending.New event) {
    String tenant = event.stream().tenant().value();
    String collection = event.stream().collection();
    String id = event.stream().id();
    Recorded recorded = event.recorded();
    return Sql.of(COLUMNS + " select " + TRANSACTION + ", nextval('event_no'), ?, ?, ?, s.n + 1,")
        .with(tenant, collection, id)
        .add(" ?::uuid, ?, ?, ?,", recorded.id().toString(), recorded.type().word())
        .with(recorded.schema(), version(recorded))
        .add(" ?, ?, ?", recorded.time().toEpochMilli(), recorded.origin().actor())
        .with(event.content())
        .add(" from " + LAST.formatted("?", "?", "?") + " s", tenant, collection, id)
        .add(event.expected() < 0 ? " where true" : " where s.n = " + event.expected());
  }

  private static Sql all(List<Appending.New> events) {
    return Sql.of(COLUMNS + " select " + TRANSACTION + ", nextval('event_no'), u.t, u.c, u.i,")
        .add(" s.n + u.k, u.e::uuid, u.y, u.f::int, u.v, u.m, u.a, u.b")
        .add(" from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with((Object) texts(events, event -> event.stream().tenant().value()))
        .with((Object) texts(events, event -> event.stream().collection()))
        .with((Object) texts(events, event -> event.stream().id()))
        .with((Object) numbers(events, Appending.New::nth))
        .with((Object) texts(events, event -> event.recorded().id().toString()))
        .with((Object) texts(events, event -> event.recorded().type().word()))
        .with((Object) numbers(events, event -> event.recorded().schema()))
        .with((Object) numbers(events, event -> version(event.recorded())))
        .with((Object) numbers(events, event -> event.recorded().time().toEpochMilli()))
        .with((Object) texts(events, event -> event.recorded().origin().actor()))
        .with((Object) events.stream().map(Appending.New::content).toArray(byte[][]::new))
        .with((Object) numbers(events, Appending.New::expected))
        .add(" u(t, c, i, k, e, y, f, v, m, a, b, x)")
        .add(" cross join lateral " + LAST.formatted("u.t", "u.c", "u.i") + " s")
        .add(" where (u.x < 0 or u.x = s.n)");
  }

  private static long version(Recorded recorded) {
    return recorded.version().map(Version::value).orElse(0L);
  }

  private static String[] texts(List<Appending.New> events, Function<Appending.New, String> text) {
    return events.stream().map(text).toArray(String[]::new);
  }

  private static Long[] numbers(List<Appending.New> events, ToLongFunction<Appending.New> number) {
    return events.stream().map(event -> number.applyAsLong(event)).toArray(Long[]::new);
  }

  /** The bound and the events are of one snapshot: it is read even where there is no event. */
  @Override
  Position after(
      Connection connection, Position position, EventFilter filter, int limit, EventRows rows)
      throws SQLException {
    Position[] safe = {position};
    query(
        connection,
        Sql.of("select o.x, " + EventRows.COLUMNS + " from (select " + OPEN + " as x) o")
            .add(" left join lateral (select * from event e where ")
            .add(wanted(position, filter))
            .add(" and e.tx < o.x order by e.tx, e.no limit " + limit + ") e on true")
            .add(" order by e.tx, e.no"),
        row -> {
          safe[0] = before(row.getLong(1));
          row.getLong(2);
          if (!row.wasNull()) {
            rows.add(row, 2);
          }
        });
    return safe[0];
  }

  @Override
  Position end(Connection connection) throws SQLException {
    Position[] end = {Position.START};
    query(connection, Sql.of("select " + OPEN), row -> end[0] = before(row.getLong(1)));
    return end[0];
  }

  /** Behind all of the transactions before this one. */
  private static Position before(long open) {
    return new Position(Math.max(0, open - 1), Long.MAX_VALUE);
  }

  @Override
  long erase(Connection connection, String table, TenantId tenant, int most) throws SQLException {
    return execute(
        connection,
        Sql.of("delete from " + table + " where ctid = any(array(select ctid from " + table)
            .add(" where tenant = ? limit " + most + "))", tenant.value()));
  }
}
