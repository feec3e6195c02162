package org.muster.event.jpa;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.event.Sealing;
import org.muster.event.Snapshot;
import org.muster.event.SnapshotStore;
import org.muster.kernel.TenantId;
import org.muster.sql.Connections;
import org.muster.sql.PostgresSql;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.sql.Turns;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/** Keeps snapshots in PostgreSQL or H2, sealed as the events of their streams are. */
public final class JpaSnapshotStore implements SnapshotStore {
  private final Connections connections;
  private final SqlDialect dialect;
  private final Turns turns;
  private final Sealing sealing;

  @SuppressWarnings("ArrayRecordComponent") // as the driver gives it
  private record Row(long number, byte[] state) {}

  /**
   * The store in a database that has been migrated.
   *
   * @param turns those that all take who write to the database
   */
  public JpaSnapshotStore(Connections connections, Turns turns, Sealing sealing) {
    this.connections = connections;
    this.dialect = connections.read(SqlDialect::of);
    this.turns = turns;
    this.sealing = sealing;
  }

  @Override
  public Optional<Snapshot> latest(StorageKey stream, long number) {
    List<Row> rows = new ArrayList<>();
    Sql sql =
        Sql.of("select number, state from event_snapshot where ")
            .add(of(stream))
            .add(" and number <= ? order by number desc limit 1", number);
    connections.read(
        connection -> {
          Script script = new Script(dialect);
          script.add(sql, row -> rows.add(new Row(row.getLong(1), row.getBytes(2))), count -> {});
          script.run(connection);
          return true;
        });
    return rows.isEmpty() ? Optional.empty() : opened(stream, rows.get(0));
  }

  private Optional<Snapshot> opened(StorageKey stream, Row row) {
    return sealing
        .forReading(Set.of(stream))
        .open(stream, row.state())
        .map(bytes -> JsonDocument.ofText(new String(bytes, StandardCharsets.UTF_8)))
        .map(state -> new Snapshot(stream, row.number(), state));
  }

  @Override
  public void save(Snapshot snapshot) {
    StorageKey stream = snapshot.stream();
    byte[] state = snapshot.state().text().getBytes(StandardCharsets.UTF_8);
    write(
        connection -> {
          byte[] stored = sealing.forWriting(Set.of(stream)).seal(stream, state);
          boolean postgres = dialect instanceof PostgresSql;
          return EventSql.of(dialect)
              .execute(
                  connection,
                  Sql.of(postgres ? "insert" : "merge")
                      .add(" into event_snapshot (tenant, collection, id, number, state)")
                      .add(postgres ? "" : " key (tenant, collection, id, number)")
                      .add(" values (?, ?, ?, ", stream.tenant().value(), stream.collection())
                      .add("?, ?)", stream.id(), snapshot.number(), stored)
                      .add(
                          postgres
                              ? " on conflict (tenant, collection, id, number)"
                                  + " do update set state = excluded.state"
                              : ""));
        });
  }

  @Override
  public void discard(StorageKey stream) {
    write(
        connection ->
            EventSql.of(dialect)
                .execute(connection, Sql.of("delete from event_snapshot where ").add(of(stream))));
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return write(
        connection -> EventSql.of(dialect).erase(connection, "event_snapshot", tenant, most));
  }

  private long write(Connections.Work<Long> work) {
    if (dialect.writersTakeTurns()) {
      turns.take();
    }
    return connections.write(work);
  }

  private static Sql of(StorageKey stream) {
    return Sql.of("tenant = ? and collection = ? and id = ?")
        .with(stream.tenant().value(), stream.collection(), stream.id());
  }
}
