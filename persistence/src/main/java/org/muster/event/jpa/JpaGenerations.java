package org.muster.event.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.muster.event.projection.Generations;
import org.muster.sql.Connections;
import org.muster.sql.PostgresSql;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.sql.Turns;
import org.muster.storage.StorageException;

/**
 * Keeps in PostgreSQL or H2 which generation of a projection is in use. Who writes locks the row
 * against changes; who reads remembers it for a second, unless a change is announced.
 */
public final class JpaGenerations implements Generations {
  private static final long REMEMBERED = Duration.ofSeconds(1).toNanos();

  private final Connections connections;
  private final SqlDialect dialect;
  private final EventSql sql;
  private final Turns turns;
  private final String name;
  private volatile @Nullable Seen seen;

  private record Seen(int generation, boolean switching, long nanos) {
    boolean holds() {
      return !switching && System.nanoTime() - nanos < REMEMBERED;
    }
  }

  /**
   * The generations of a projection in a database that has been migrated.
   *
   * @param turns those that all take who write to the database
   */
  public JpaGenerations(Connections connections, Turns turns, String name) {
    this.connections = connections;
    this.dialect = connections.read(SqlDialect::of);
    this.sql = EventSql.of(dialect);
    this.turns = turns;
    this.name = name;
  }

  @Override
  public int current() {
    Seen known = seen;
    if (known == null || !known.holds()) {
      known = connections.read(connection -> look(connection, ""));
      seen = known;
    }
    return known.generation();
  }

  @Override
  public int forWriting() {
    return lock(" for share");
  }

  @Override
  public int hold() {
    return lock(" for update");
  }

  /** In H2 it is the turn that keeps others out. */
  private int lock(String how) {
    takeTurn();
    String lock = dialect instanceof PostgresSql ? how : "";
    Seen known = connections.write(connection -> look(connection, lock));
    seen = known;
    return known.generation();
  }

  private Seen look(Connection connection, String lock) throws SQLException {
    long before = System.nanoTime();
    List<Seen> found = new ArrayList<>();
    sql.query(
        connection,
        Sql.of("select generation, switching from projection_generation where name = ?", name)
            .add(lock),
        row -> found.add(new Seen(row.getInt(1), row.getBoolean(2), before)));
    return found.stream()
        .findFirst()
        .orElseThrow(() -> new StorageException.Corrupt("There is no generation of " + name));
  }

  @Override
  public void announce(boolean switching) {
    change(
        Sql.of("update projection_generation set switching = " + switching)
            .add(" where name = ? and switching <> " + switching, name));
  }

  @Override
  public void use(int generation) {
    change(
        Sql.of("update projection_generation set generation = " + generation)
            .add(" where name = ?", name));
  }

  private void change(Sql update) {
    takeTurn();
    connections.write(connection -> sql.execute(connection, update));
    seen = null;
  }

  private void takeTurn() {
    if (dialect.writersTakeTurns()) {
      turns.take();
    }
  }
}
