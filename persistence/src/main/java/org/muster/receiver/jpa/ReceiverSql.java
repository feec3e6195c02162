package org.muster.receiver.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.muster.kernel.Precondition;
import org.muster.kernel.Version;
import org.muster.receiver.ReceiverId;
import org.muster.sql.Connections;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.sql.Turns;
import org.muster.storage.StorageException;

/** Statements over receivers and what is noted for them, in the caller's transaction. */
final class ReceiverSql {
  private final Connections connections;
  private final Turns turns;
  final SqlDialect dialect;

  ReceiverSql(Connections connections, Turns turns) {
    this.connections = connections;
    this.turns = turns;
    this.dialect = connections.read(SqlDialect::of);
  }

  /** Reads the rows of a query. */
  void query(Sql sql, Script.RowReader reader) {
    connections.read(
        connection -> {
          run(connection, sql, reader);
          return true;
        });
  }

  /** Does something that changes rows. */
  <T> T write(Connections.Work<T> work) {
    if (dialect.writersTakeTurns()) {
      turns.take();
    }
    return connections.write(work);
  }

  /** One statement; how many rows it has changed. */
  int execute(Connection connection, Sql sql) throws SQLException {
    List<Integer> counts = new ArrayList<>();
    Script script = new Script(dialect);
    script.add(sql, counts::add);
    script.run(connection);
    return counts.get(0);
  }

  Version nextVersion(Connection connection) throws SQLException {
    List<Version> next = new ArrayList<>();
    run(
        connection,
        Sql.of("select nextval('receiver_version')"),
        row -> next.add(new Version(row.getLong(1))));
    return next.get(0);
  }

  private void run(Connection connection, Sql sql, Script.RowReader reader) throws SQLException {
    Script script = new Script(dialect);
    script.add(sql, reader, rows -> {});
    script.run(connection);
  }

  /** The condition that {@code r} is a receiver. */
  static Sql of(ReceiverId id) {
    return Sql.of("r.tenant = ? and r.id = ?", id.tenant().value(), id.id());
  }

  /** The condition that {@code d} is noted for a receiver. */
  static Sql notedFor(ReceiverId id) {
    return Sql.of("d.tenant = ? and d.receiver = ?", id.tenant().value(), id.id());
  }

  static Sql at(Precondition expected) {
    return expected instanceof Precondition.At at
        ? Sql.of(" and r.version = ?", at.version().value())
        : new Sql();
  }

  static StorageException.Conflict conflict(ReceiverId id) {
    return new StorageException.Conflict(id.key(), "The receiver is not as expected");
  }
}
