package org.muster.event.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.muster.event.EventFilter;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.storage.StorageKey;

/** H2: a statement is a call within the process, and who writes sees what was written before. */
final class H2Events extends EventSql {
  H2Events(SqlDialect dialect) {
    super(dialect);
  }

  /** Without keys, which are stored before. */
  @Override
  void insert(
      Script script, List<Appending.New> events, List<KeySql.New> keys, Script.RowReader inserted) {
    for (Appending.New event : events) {
      StorageKey stream = event.stream();
      Recorded recorded = event.recorded();
      // what was expected of the stream, it is after the first event
      long expected = event.expected() < 0 ? -1 : event.expected() + event.nth() - 1;
      script.add(
          Sql.of("select no, number from final table (insert into event (no, tenant,")
              .add(" collection, id, number, event_id, type, form, version, time_ms, actor,")
              .add(" content) select next value for event_no, ?, ?, ?, s.n + 1,")
              .with(stream.tenant().value(), stream.collection(), stream.id())
              .add(" cast(? as uuid), ?, ?, ?,", recorded.id().toString(), recorded.type().word())
              .with(recorded.schema(), recorded.version().map(Version::value).orElse(0L))
              .add(" ?, ?, ?", recorded.time().toEpochMilli())
              .with(new Sql.Verbatim(recorded.origin().actor()), event.content())
              .add(" from (select coalesce(max(number), 0) as n from event where tenant = ?")
              .with(stream.tenant().value())
              .add(" and collection = ? and id = ?) s", stream.collection(), stream.id())
              .add(expected < 0 ? ")" : " where s.n = " + expected + ")"),
          inserted,
          rows -> {});
    }
  }

  @Override
  Reach after(
      Connection connection, Position position, EventFilter filter, int limit, EventRows rows)
      throws SQLException {
    Position end = end(connection);
    query(
        connection,
        Sql.of(
                "select "
                    + EventRows.COLUMNS
                    + " from (select e.no, "
                    + before("e.len")
                    + " as b from")
            .add(" (select e.no, octet_length(e.content) as len from event e where ")
            .add(wanted(position, filter))
            .add(" and e.no <= ? order by e.no limit " + limit + ") e) p", end.sequence())
            .add(" join event e on e.no = p.no where coalesce(p.b, 0) < " + EventStore.PAGE_BYTES)
            .add(" order by e.no"),
        row -> rows.add(row, 1));
    return new Reach(end, true);
  }

  @Override
  Position end(Connection connection) throws SQLException {
    Position[] end = {Position.START};
    query(
        connection,
        Sql.of("select coalesce(max(no), 0) from event"),
        row -> end[0] = new Position(row.getLong(1)));
    return end[0];
  }

  @Override
  long erase(Connection connection, String table, TenantId tenant, int most) throws SQLException {
    return execute(
        connection,
        Sql.of("delete from " + table + " where tenant = ?", tenant.value())
            .add(" fetch first " + most + " rows only"));
  }
}
