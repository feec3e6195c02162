package org.muster.receiver.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.event.Position;
import org.muster.event.seal.KeyWrapping;
import org.muster.kernel.TenantId;
import org.muster.receiver.Counts;
import org.muster.receiver.DeliveryLog;
import org.muster.receiver.Kind;
import org.muster.receiver.Leased;
import org.muster.receiver.Note;
import org.muster.receiver.Progress;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.Settlement;
import org.muster.sql.Connections;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.Turns;
import org.muster.storage.StorageKey;

/** Keeps how far receivers are in PostgreSQL or H2, in the caller's transaction. */
public final class JpaDeliveryLog implements DeliveryLog {
  private static final String SENT_TO =
      "r.state = 'enabled' and r.kind <> '" + Kind.SET_POLL.word() + "'";

  private static final String COUNTS =
      "select count(*), coalesce(sum(case when d.dead then 1 else 0 end), 0), min(d.next_ms)"
          + " from delivery d";

  private final ReceiverSql sql;
  private final KeyWrapping wrapping;

  /**
   * The log in a database that has been migrated.
   *
   * @param turns those that all take who write to the database
   * @param wrapping how secrets are stored
   */
  public JpaDeliveryLog(Connections connections, Turns turns, KeyWrapping wrapping) {
    this.sql = new ReceiverSql(connections, turns);
    this.wrapping = wrapping;
  }

  @Override
  public List<Leased> leased(int most) {
    List<Leased> found = new ArrayList<>();
    sql.query(
        Sql.of("select r.tenant, r.id, r.kind, r.holder, r.until_ms from receiver r where ")
            .add(SENT_TO + " order by r.tenant, r.id limit " + most),
        row -> found.add(leased(row)));
    return found;
  }

  private Leased leased(ResultSet row) throws SQLException {
    return new Leased(
        new ReceiverId(
            new TenantId(sql.dialect.decode(row.getString(1))),
            sql.dialect.decode(row.getString(2))),
        ReceiverRows.kind(row.getString(3)),
        sql.dialect.decode(row.getString(4)),
        Instant.ofEpochMilli(row.getLong(5)));
  }

  /** What is free is asked for in both parts: another node may be faster between them. */
  @Override
  public void claim(String holder, Instant now, Instant until, int most) {
    String free = SENT_TO + " and r.until_ms <= ?";
    sql.write(
        connection -> {
          Sql renew =
              Sql.of("update receiver r set until_ms = ? where r.holder = ? and r.until_ms > ?")
                  .with(until.toEpochMilli(), holder, now.toEpochMilli());
          Sql take =
              Sql.of("update receiver r set until_ms = ?, holder = ? where " + free)
                  .with(until.toEpochMilli(), holder, now.toEpochMilli())
                  .add(" and (r.tenant, r.id) in (select r.tenant, r.id from receiver r where ")
                  .add(free + " order by r.until_ms, r.id limit " + most + ")")
                  .with(now.toEpochMilli());
          return sql.execute(connection, renew) + sql.execute(connection, take);
        });
  }

  @Override
  public void release(String holder) {
    sql.write(
        connection ->
            sql.execute(
                connection, Sql.of("update receiver set until_ms = 0 where holder = ?", holder)));
  }

  @Override
  public Optional<Progress> find(ReceiverId id) {
    ReceiverRows rows = new ReceiverRows(sql.dialect, wrapping);
    sql.query(Sql.of(ReceiverRows.COLUMNS + " where ").add(ReceiverSql.of(id)), rows::add);
    return rows.found().stream().findFirst();
  }

  @Override
  public void settle(ReceiverId id, String holder, Settlement done) {
    sql.write(
        connection -> {
          if (sql.execute(connection, moved(id, holder, done)) != 1) {
            throw ReceiverSql.conflict(id);
          }
          if (done.isOver()) {
            sql.execute(connection, paused(connection, id, done));
          }
          note(connection, id, done);
          return true;
        });
  }

  private static Sql moved(ReceiverId id, String holder, Settlement done) {
    Sql update =
        Sql.of("update receiver r set position = ?, attempts = ?", done.to().toString())
            .with(done.attempts())
            .add(", next_ms = ?", done.next().map(Instant::toEpochMilli).orElse(0L))
            .add(", delivered = delivered + ?, failed = failed + ?")
            .with(done.delivered(), done.failed());
    done.failure()
        .ifPresent(
            failure ->
                update
                    .add(", error = ?", new Sql.Verbatim(failure.why()))
                    .add(", error_ms = ?", failure.time().toEpochMilli()));
    return update
        .add(" where ")
        .add(ReceiverSql.of(id))
        .add(" and r.holder = ? and r.position = ?", holder, done.from().toString());
  }

  private Sql paused(Connection connection, ReceiverId id, Settlement done) throws SQLException {
    return Sql.of("update receiver r set state = 'paused', version = ?, updated_ms = ? where ")
        .with(sql.nextVersion(connection).value(), done.time().toEpochMilli())
        .add(ReceiverSql.of(id))
        .add(" and r.state = 'enabled'");
  }

  private void note(Connection connection, ReceiverId id, Settlement done) throws SQLException {
    Script script = new Script(sql.dialect);
    Set<StorageKey> touched = new HashSet<>();
    if (!done.noted().isEmpty()) {
      script.add(NoteRows.bury(id, done.noted()));
      script.add(NoteRows.insert(id, done.noted()));
      done.noted().forEach(note -> touched.add(note.stream()));
    }
    NoteRows.update(script, id, done.changed());
    done.changed().forEach(note -> touched.add(note.stream()));
    if (!done.done().isEmpty()) {
      done.done().forEach(note -> touched.add(note.stream()));
      script.add(
          Sql.of("delete from delivery d where ")
              .add(ReceiverSql.notedFor(id))
              .add(
                  " and d.no = any(?)",
                  (Object) done.done().stream().map(Note::no).toArray(Long[]::new)));
    }
    if (!touched.isEmpty()) {
      Sql which = NoteRows.of(List.copyOf(touched));
      script.add(NoteRows.line(id, which));
      script.add(NoteRows.advance(id, which, done.time()));
    }
    script.run(connection);
  }

  @Override
  public boolean reset(ReceiverId id, Position position) {
    return sql.write(
        connection ->
            sql.execute(
                    connection,
                    Sql.of("update receiver r set position = ?, attempts = 0, next_ms = 0 where ")
                        .with(position.toString())
                        .add(ReceiverSql.of(id)))
                == 1);
  }

  @Override
  public List<Note> due(ReceiverId id, Instant now, int streams, int limit) {
    Set<StorageKey> urgent = new HashSet<>();
    sql.query(
        Sql.of("select d.collection, d.id from delivery d where ")
            .add(ReceiverSql.notedFor(id))
            .add(" and d.next_ms <= ? order by d.next_ms, d.no", now.toEpochMilli())
            .add(" limit " + streams),
        row -> urgent.add(stream(id, row)));
    if (urgent.isEmpty()) {
      return List.of();
    }
    List<Note> notes = new ArrayList<>();
    sql.query(
        among(NoteRows.COLUMNS, id, urgent)
            .add(" order by d.collection, d.id, d.number limit " + limit),
        row -> notes.add(NoteRows.note(id, sql.dialect, row)));
    return notes;
  }

  @Override
  public Set<StorageKey> noted(ReceiverId id, Set<StorageKey> streams) {
    Set<StorageKey> noted = new HashSet<>();
    if (!streams.isEmpty()) {
      sql.query(
          among("select distinct d.collection, d.id from delivery d", id, streams),
          row -> noted.add(stream(id, row)));
    }
    return noted;
  }

  private StorageKey stream(ReceiverId id, ResultSet row) throws SQLException {
    return new StorageKey(
        id.tenant(), sql.dialect.decode(row.getString(1)), sql.dialect.decode(row.getString(2)));
  }

  private static Sql among(String select, ReceiverId id, Set<StorageKey> streams) {
    List<StorageKey> keys = streams.stream().sorted().toList();
    return Sql.of(select + " where ")
        .add(ReceiverSql.notedFor(id))
        .add(" and not d.dead and (d.collection, d.id) in (select u.c, u.i from unnest(?, ?)")
        .with((Object) NoteRows.names(keys, StorageKey::collection))
        .with((Object) NoteRows.names(keys, StorageKey::id))
        .add(" u(c, i))");
  }

  @Override
  public Counts counts(ReceiverId id) {
    return counts(Sql.of(COUNTS + " where ").add(ReceiverSql.notedFor(id)));
  }

  @Override
  public Counts total() {
    return counts(Sql.of(COUNTS));
  }

  private Counts counts(Sql query) {
    List<Counts> counts = new ArrayList<>();
    sql.query(
        query,
        row -> {
          long all = row.getLong(1);
          long dead = row.getLong(2);
          long next = row.getLong(3);
          boolean isNone = row.wasNull() || next == NoteRows.NEVER;
          counts.add(
              new Counts(
                  all - dead,
                  dead,
                  isNone ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next))));
        });
    return counts.get(0);
  }
}
