package org.muster.receiver.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.muster.receiver.Note;
import org.muster.receiver.ReceiverId;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.storage.StorageKey;

/** Rows of notes, and the statements that write them. Stateless. */
final class NoteRows {
  static final String COLUMNS =
      "select d.no, d.collection, d.id, d.number, d.position, d.attempts, d.next_ms, d.since_ms,"
          + " d.dead, d.error from delivery d";

  /** Of a note that waits for another, or is dead. */
  static final long NEVER = Long.MAX_VALUE;

  private static final String BEHIND =
      " exists (select 1 from delivery b where b.tenant = d.tenant and b.receiver = d.receiver"
          + " and b.collection = d.collection and b.id = d.id and b.number < d.number"
          + " and not b.dead)";

  private NoteRows() {}

  static Note note(ReceiverId receiver, SqlDialect dialect, ResultSet row) throws SQLException {
    long next = row.getLong(7);
    return new Note(
        row.getLong(1),
        new StorageKey(
            receiver.tenant(), dialect.decode(row.getString(2)), dialect.decode(row.getString(3))),
        row.getLong(4),
        ReceiverRows.position(row.getString(5)),
        row.getInt(6),
        next == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next)),
        Instant.ofEpochMilli(row.getLong(8)),
        row.getBoolean(9),
        dialect.decode(row.getString(10)));
  }

  /** Inserts notes in their order, but for those that are there. */
  static Sql insert(ReceiverId receiver, List<Note> notes) {
    return Sql.of("insert into delivery (tenant, receiver, no, collection, id, number, position,")
        .add(" attempts, next_ms, since_ms, dead, error) select ?, ?, nextval('delivery_no'),")
        .with(receiver.tenant().value(), receiver.id())
        .add(" u.c, u.i, u.n, u.p, u.a, u.x, u.s, u.d, u.e")
        .add(" from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) u(c, i, n, p, a, x, s, d, e)")
        .with((Object) texts(notes, note -> note.stream().collection()))
        .with((Object) texts(notes, note -> note.stream().id()))
        .with((Object) numbers(notes, Note::number))
        .with((Object) texts(notes, note -> note.position().toString()))
        .with((Object) numbers(notes, Note::attempts))
        .with((Object) numbers(notes, NoteRows::nextMillis))
        .with((Object) numbers(notes, note -> note.since().toEpochMilli()))
        .with((Object) notes.stream().map(Note::isDead).toArray(Boolean[]::new))
        .with((Object) texts(notes, Note::error))
        .add(" on conflict do nothing");
  }

  /** Writes what became of notes that were tried in vain; sent together. */
  static void update(Script script, ReceiverId receiver, List<Note> notes) {
    for (Note note : notes) {
      script.add(
          Sql.of("update delivery d set attempts = ?, next_ms = ?, error = ?")
              .with(note.attempts(), nextMillis(note), note.error())
              .add(", dead = " + note.isDead() + " where ")
              .add(ReceiverSql.notedFor(receiver))
              .add(" and d.no = ?", note.no()));
    }
  }

  /** Deletes the dead letters of the events of some notes. */
  static Sql bury(ReceiverId receiver, List<Note> notes) {
    return Sql.of("delete from delivery d where ")
        .add(ReceiverSql.notedFor(receiver))
        .add(" and d.dead and (d.collection, d.id, d.number) in")
        .add(" (select u.c, u.i, u.n from unnest(?, ?, ?) u(c, i, n))")
        .with((Object) texts(notes, note -> note.stream().collection()))
        .with((Object) texts(notes, note -> note.stream().id()))
        .with((Object) numbers(notes, Note::number));
  }

  /** The condition that {@code d} is of one of these streams. */
  static Sql of(List<StorageKey> streams) {
    return Sql.of(" and (d.collection, d.id) in (select u.c, u.i from unnest(?, ?) u(c, i))")
        .with((Object) names(streams, StorageKey::collection))
        .with((Object) names(streams, StorageKey::id));
  }

  /**
   * Has the first of each stream tried at a time, unless it has one.
   *
   * @param which condition on {@code d}
   */
  static Sql advance(ReceiverId receiver, Sql which, Instant time) {
    return Sql.of("update delivery d set next_ms = ?, since_ms = ? where ")
        .with(time.toEpochMilli(), time.toEpochMilli())
        .add(ReceiverSql.notedFor(receiver))
        .add(" and d.next_ms = ? and not d.dead", NEVER)
        .add(which)
        .add(" and not" + BEHIND);
  }

  /**
   * Has those wait that are not the first of their stream.
   *
   * @param which condition on {@code d}
   */
  static Sql line(ReceiverId receiver, Sql which) {
    return Sql.of("update delivery d set next_ms = ? where ", NEVER)
        .add(ReceiverSql.notedFor(receiver))
        .add(" and d.next_ms < ? and not d.dead", NEVER)
        .add(which)
        .add(" and" + BEHIND);
  }

  static String[] names(List<StorageKey> streams, Function<StorageKey, String> part) {
    return streams.stream().map(part).toArray(String[]::new);
  }

  private static long nextMillis(Note note) {
    return note.next().map(Instant::toEpochMilli).orElse(NEVER);
  }

  private static String[] texts(List<Note> notes, Function<Note, String> text) {
    return notes.stream().map(text).toArray(String[]::new);
  }

  private static Long[] numbers(List<Note> notes, ToLongFunction<Note> number) {
    return notes.stream().map(note -> number.applyAsLong(note)).toArray(Long[]::new);
  }
}
