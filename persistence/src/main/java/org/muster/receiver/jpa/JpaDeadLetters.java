package org.muster.receiver.jpa;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.muster.receiver.DeadLetters;
import org.muster.receiver.Note;
import org.muster.receiver.ReceiverId;
import org.muster.sql.Connections;
import org.muster.sql.Sql;
import org.muster.sql.Turns;

/** Keeps dead letters in PostgreSQL or H2, in the caller's transaction. */
public final class JpaDeadLetters implements DeadLetters {
  private final ReceiverSql sql;

  /**
   * The dead letters in a database that has been migrated.
   *
   * @param turns those that all take who write to the database
   */
  public JpaDeadLetters(Connections connections, Turns turns) {
    this.sql = new ReceiverSql(connections, turns);
  }

  @Override
  public List<Note> page(ReceiverId id, long afterNo, int limit) {
    List<Note> notes = new ArrayList<>();
    sql.query(
        Sql.of(NoteRows.COLUMNS + " where ")
            .add(ReceiverSql.notedFor(id))
            .add(" and d.dead and d.no > ? order by d.no limit " + limit, afterNo),
        row -> notes.add(NoteRows.note(id, sql.dialect, row)));
    return notes;
  }

  @Override
  public boolean replay(ReceiverId id, long no, Instant now) {
    Sql ofItsStream =
        Sql.of(" and (d.collection, d.id) in (select n.collection, n.id from delivery n")
            .add(" where n.tenant = ? and n.receiver = ?", id.tenant().value(), id.id())
            .add(" and n.no = ?)", no);
    return revive(id, Sql.of(" and d.no = ?", no), ofItsStream, now) > 0;
  }

  @Override
  public long replayAll(ReceiverId id, Instant now) {
    return revive(id, new Sql(), new Sql(), now);
  }

  /** Takes the receiver first, as whoever delivers to it does: they would wait for each other. */
  private int revive(ReceiverId id, Sql which, Sql streams, Instant now) {
    Sql taken = Sql.of("update receiver r set next_ms = r.next_ms where ").add(ReceiverSql.of(id));
    Sql revived =
        Sql.of("update delivery d set dead = false, attempts = 0, next_ms = ?, since_ms = ?")
            .with(NoteRows.NEVER, now.toEpochMilli())
            .add(" where ")
            .add(ReceiverSql.notedFor(id))
            .add(" and d.dead")
            .add(which);
    return sql.write(
        connection -> {
          sql.execute(connection, taken);
          int count = sql.execute(connection, revived);
          sql.execute(connection, NoteRows.line(id, streams));
          sql.execute(connection, NoteRows.advance(id, streams, now));
          return count;
        });
  }

  @Override
  public boolean discard(ReceiverId id, long no) {
    return change(
            Sql.of("delete from delivery d where ")
                .add(ReceiverSql.notedFor(id))
                .add(" and d.dead and d.no = ?", no))
        > 0;
  }

  private int change(Sql statement) {
    return sql.write(connection -> sql.execute(connection, statement));
  }
}
