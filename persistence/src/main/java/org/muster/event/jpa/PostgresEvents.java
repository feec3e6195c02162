package org.muster.event.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.muster.event.EventFilter;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;

/**
 * PostgreSQL. Numbers are drawn when a batch holds its locks, so that those of a document are in
 * the order of its changes; but they are not committed in their order. So each transaction that
 * appends holds a lock, shared with all, whose key is the last number that was drawn before its
 * own; and nobody is shown what is behind the least of these.
 */
final class PostgresEvents extends EventSql {
  private static final String COLUMNS =
      "insert into event (no, tenant, collection, id, number, event_id, type, form, version,"
          + " time_ms, actor, content)";

  /** Of the keys of advisory locks, the upper half of those that appending transactions hold. */
  private static final long APPENDING = 7314L << 16;

  /**
   * Who appends says so before it draws a number, by the last one that was drawn: a row to be
   * joined, which is there before what is selected of it.
   */
  private static final String ANNOUNCED_FIRST =
      "with a as materialized (select pg_advisory_xact_lock_shared((%d::bigint << 32) + last_value)"
              .formatted(APPENDING)
          + " from event_no)";

  /**
   * The same for one event: a case is evaluated in its order, and the last number is looked up by
   * then and no sooner, when nobody is to be waited for any more.
   */
  private static final String ANNOUNCED_NUMBER =
      ("case when pg_advisory_xact_lock_shared((%d::bigint << 32)"
              + " + (select last_value from event_no)) is null then null"
              + " else nextval('event_no') end")
          .formatted(APPENDING);

  private static final long LEAST_WIDTH = 1_000;

  /** No statement goes through more rows, whatever few of them are wanted. */
  private static final long MOST_WIDTH = 1 << 20;

  /** What a call goes through at most, some seconds where nothing is in memory. */
  private static final long MOST_NUMBERS = 1 << 22;

  private static final String DRAWN = "select last_value from event_no";

  /** The least number that somebody has announced, of those whose transaction is still open. */
  private static final String ANNOUNCED =
      ("select min(((classid::bigint - %1$d) << 32) + objid::bigint) from pg_locks"
              + " where locktype = 'advisory' and objsubid = 1"
              + " and database = (select oid from pg_database where datname = current_database())"
              + " and classid::bigint between %1$d and %1$d + 65535")
          .formatted(APPENDING);

  private static final String LAST =
      "(select coalesce(max(l.number), 0) as n from event l where l.tenant = %s"
          + " and l.collection = %s and l.id = %s)";

  PostgresEvents(SqlDialect dialect) {
    super(dialect);
  }

  @Override
  void insert(
      Script script, List<Appending.New> events, List<KeySql.New> keys, Script.RowReader inserted) {
    if (!keys.isEmpty() && events.stream().allMatch(event -> event.expected() <= 0)) {
      insertFirsts(script, events, keys, inserted);
      return;
    }
    Sql sql = Sql.of(ANNOUNCED_FIRST);
    if (!keys.isEmpty()) {
      sql.add(", k as (")
          .add(KeySql.insert(keys, events.get(0).recorded().time().toEpochMilli()))
          .add(" returning 1)");
    }
    sql.add(" ").add(events.size() == 1 ? next(events.get(0)) : all(events));
    if (!keys.isEmpty()) {
      sql.add(" and (select count(*) from k) = ?", (long) keys.size());
    }
    script.add(sql.add(" returning no, number"), inserted, rows -> {});
  }

  /** The statement for many is planned once, perhaps when there were few keys to look through. */
  private void insertFirsts(
      Script script, List<Appending.New> events, List<KeySql.New> keys, Script.RowReader inserted) {
    boolean isOne = events.size() == 1;
    if (!isOne) {
      dialect.byIndex().ifPresent(script::add);
    }
    Sql sql = isOne ? first(events.get(0), keys) : firsts(events, keys);
    script.add(sql.add(" returning no, number"), inserted, rows -> {});
  }

  /** The first event of a stream, with its key; neither if there was one. */
  private static Sql first(Appending.New event, List<KeySql.New> keys) {
    return values(
            withKeys("with", event, keys).add(COLUMNS + " select " + ANNOUNCED_NUMBER), event, "1")
        .add(" from k");
  }

  /** The same for many streams: no event if one of them had a key or an event. */
  private static Sql firsts(List<Appending.New> events, List<KeySql.New> keys) {
    return withKeys(ANNOUNCED_FIRST + ",", events.get(0), keys)
        .add(rows(events, "u.k"))
        .add(" where (select count(*) from k) = ?", (long) keys.size());
  }

  private static Sql withKeys(String with, Appending.New event, List<KeySql.New> keys) {
    return Sql.of(with + " k as (")
        .add(KeySql.insertFirsts(keys, event.recorded().time().toEpochMilli()))
        .add(" returning 1) ");
  }

  private static Sql next(Appending.New event) {
    return values(Sql.of(COLUMNS + " select nextval('event_no')"), event, "s.n + 1")
        .add(" from a cross join " + LAST.formatted("?", "?", "?") + " s")
        .with(event.stream().tenant().value(), event.stream().collection(), event.stream().id())
        .add(event.expected() < 0 ? " where true" : " where s.n = " + event.expected());
  }

  private static Sql values(Sql sql, Appending.New event, String number) {
    Recorded recorded = event.recorded();
    return sql.add(", ?, ?, ?, " + number + ",")
        .with(event.stream().tenant().value(), event.stream().collection(), event.stream().id())
        .add(" ?::uuid, ?, ?, ?,", recorded.id().toString(), recorded.type().word())
        .with(recorded.schema(), version(recorded))
        .add(" ?, ?, ?", recorded.time().toEpochMilli(), recorded.origin().actor())
        .with(event.content());
  }

  private static Sql all(List<Appending.New> events) {
    return rows(events, "s.n + u.k")
        .add(" cross join lateral " + LAST.formatted("u.t", "u.c", "u.i") + " s")
        .add(" where (u.x < 0 or u.x = s.n)");
  }

  /** Of arrays side by side, which take no place in between as those of one function would. */
  private static Sql rows(List<Appending.New> events, String number) {
    return Sql.of(COLUMNS + " select nextval('event_no'), u.t, u.c, u.i,")
        .add(" " + number + ", u.e::uuid, u.y, u.f::int, u.v, u.m, u.a, u.b")
        .add(" from (select unnest(?) t, unnest(?) c, unnest(?) i, unnest(?) k, unnest(?) e,")
        .add(" unnest(?) y, unnest(?) f, unnest(?) v, unnest(?) m, unnest(?) a, unnest(?) b,")
        .add(" unnest(?) x) u cross join a")
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
        .with((Object) numbers(events, Appending.New::expected));
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

  /**
   * What was drawn before the bound was asked for is committed by now, or announced, or void. It is
   * looked for in a range of numbers after the other, each four times as wide: of a wider one than
   * is needed the database would sort all, if it knew no better. A call ends after so many numbers,
   * however little it has found, so that whoever wants little makes progress.
   */
  @Override
  Reach after(
      Connection connection, Position position, EventFilter filter, int limit, EventRows rows)
      throws SQLException {
    Position end = end(connection);
    long from = position.sequence();
    long last = Math.min(end.sequence(), from + MOST_NUMBERS);
    long width = Math.max(LEAST_WIDTH, 2L * limit);
    while (from < last && rows.count() < limit && rows.bytes() < EventStore.PAGE_BYTES) {
      long to = last - from > width ? from + width : last;
      query(
          connection,
          range(new Position(from), to, filter, limit - rows.count(), bytesLeft(rows)),
          row -> rows.add(row, 1));
      from = to;
      width = Math.min(4 * width, MOST_WIDTH);
    }
    return new Reach(new Position(Math.max(from, position.sequence())), from >= end.sequence());
  }

  private static long bytesLeft(EventRows rows) {
    return EventStore.PAGE_BYTES - rows.bytes();
  }

  private static Sql range(Position position, long to, EventFilter filter, long limit, long bytes) {
    return Sql.of("select " + EventRows.COLUMNS + " from (select e.*, ")
        .add(before("octet_length(e.content)") + " as before from (select * from event e where ")
        .add(wanted(position, filter))
        .add(" and e.no <= ? order by e.no", to)
        .add(" limit ?) e) e where coalesce(e.before, 0) < ? order by e.no", limit, bytes);
  }

  /**
   * The last number that was drawn, asked for first; or the one that somebody has announced, who
   * may have drawn the next.
   */
  @Override
  Position end(Connection connection) throws SQLException {
    long[] end = {0};
    Script script = new Script(dialect);
    script.add(Sql.of(DRAWN), row -> end[0] = row.getLong(1), rows -> {});
    script.add(
        Sql.of(ANNOUNCED),
        row -> {
          long announced = row.getLong(1);
          if (!row.wasNull()) {
            end[0] = Math.min(end[0], announced);
          }
        },
        rows -> {});
    script.run(connection);
    return new Position(end[0]);
  }

  @Override
  Position drawn(Connection connection) throws SQLException {
    long[] drawn = {0};
    query(connection, Sql.of(DRAWN), row -> drawn[0] = row.getLong(1));
    return new Position(drawn[0]);
  }

  @Override
  long erase(Connection connection, String table, TenantId tenant, int most) throws SQLException {
    return execute(
        connection,
        Sql.of("delete from " + table + " where ctid = any(array(select ctid from " + table)
            .add(" where tenant = ? limit " + most + "))", tenant.value()));
  }
}
