package org.muster.event.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.muster.event.Position;
import org.muster.event.projection.Phase;
import org.muster.event.projection.Progress;
import org.muster.event.projection.ProjectionProgress;
import org.muster.kernel.TenantId;
import org.muster.sql.Connections;
import org.muster.sql.PostgresSql;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.sql.Turns;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** Keeps in PostgreSQL or H2 how far projections are, in the caller's transaction. */
public final class JpaProgress implements ProjectionProgress {
  private static final String SELECT =
      "select name, phase, reached, target, done, started_ms, updated_ms, error, version"
          + " from projection where name = ?";

  private final Connections connections;
  private final SqlDialect dialect;
  private final EventSql sql;
  private final Turns turns;

  /**
   * The progress in a database that has been migrated.
   *
   * @param turns those that all take who write to the database
   */
  public JpaProgress(Connections connections, Turns turns) {
    this.connections = connections;
    this.dialect = connections.read(SqlDialect::of);
    this.sql = EventSql.of(dialect);
    this.turns = turns;
  }

  @Override
  public Optional<Progress> find(String name) {
    return connections.read(connection -> select(connection, name, ""));
  }

  @Override
  public Optional<Progress> take(String name, boolean patient, Instant now) {
    takeTurn();
    String lock =
        dialect instanceof PostgresSql ? (patient ? " for update" : " for update skip locked") : "";
    return connections.write(
        connection -> {
          Optional<Progress> taken = select(connection, name, lock);
          if (taken.isPresent() || select(connection, name, "").isPresent()) {
            return taken;
          }
          insert(connection, Progress.begun(name, now));
          return select(connection, name, lock);
        });
  }

  private Optional<Progress> select(Connection connection, String name, String lock)
      throws SQLException {
    List<Progress> found = new ArrayList<>();
    sql.query(connection, Sql.of(SELECT + lock, name), row -> found.add(progress(row)));
    return found.stream().findFirst();
  }

  private static Progress progress(ResultSet row) throws SQLException {
    return new Progress(
        row.getString(1),
        Phase.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
        position(row.getString(3)),
        position(row.getString(4)),
        row.getLong(5),
        Instant.ofEpochMilli(row.getLong(6)),
        Instant.ofEpochMilli(row.getLong(7)),
        Optional.ofNullable(row.getString(8)),
        row.getLong(9));
  }

  private static Position position(String text) {
    return Position.parse(text)
        .orElseThrow(() -> new StorageException.Corrupt("A stored position is none"));
  }

  private void insert(Connection connection, Progress begun) throws SQLException {
    sql.execute(
        connection,
        Sql.of("insert into projection (name, phase, reached, target, done, started_ms,")
            .add(" updated_ms, version) values (?, ?, ", begun.name(), begun.phase().word())
            .add("?, ?, ", begun.position().toString(), begun.target().toString())
            .add("?, ?, ?, ", begun.done(), millis(begun.started()), millis(begun.updated()))
            .add("?) on conflict do nothing", begun.version()));
  }

  @Override
  public Progress save(Progress changed) {
    takeTurn();
    Progress saved = changed.version(changed.version() + 1);
    Sql update =
        Sql.of("update projection set phase = ?, reached = ?, ")
            .with(changed.phase().word(), changed.position().toString())
            .add("target = ?, done = ?, ", changed.target().toString(), changed.done())
            .add("started_ms = ?, ", millis(changed.started()))
            .add("updated_ms = ?, error = ", millis(changed.updated()));
    changed
        .error()
        .ifPresentOrElse(
            text -> update.add("?", new Sql.Verbatim(text.replace('\0', ' '))),
            () -> update.add("null"));
    update
        .add(", version = ? where name = ?", saved.version(), changed.name())
        .add(" and version = ?", changed.version());
    if (connections.write(connection -> sql.execute(connection, update)) != 1) {
      throw new StorageException.Conflict(
          new StorageKey(TenantId.DEFAULT, "$projection", changed.name()),
          "The progress is not as expected");
    }
    return saved;
  }

  private static long millis(Instant time) {
    return time.toEpochMilli();
  }

  private void takeTurn() {
    if (dialect.writersTakeTurns()) {
      turns.take();
    }
  }
}
