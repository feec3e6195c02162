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
    return change(revived(id, now).add(" and d.no = ?", no)) > 0;
  }

  @Override
  public long replayAll(ReceiverId id, Instant now) {
    return change(revived(id, now));
  }

  private static Sql revived(ReceiverId id, Instant now) {
    return Sql.of("update delivery d set dead = false, attempts = 0, next_ms = ?, since_ms = ?")
        .with(now.toEpochMilli(), now.toEpochMilli())
        .add(" where ")
        .add(ReceiverSql.notedFor(id))
        .add(" and d.dead");
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
