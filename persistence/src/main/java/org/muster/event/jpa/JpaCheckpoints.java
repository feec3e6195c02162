package org.muster.event.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.muster.event.Checkpoint;
import org.muster.event.Checkpoints;
import org.muster.event.ConsumerId;
import org.muster.event.Position;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.sql.Connections;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.sql.Turns;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** Keeps checkpoints in PostgreSQL or H2, in the caller's transaction. */
public final class JpaCheckpoints implements Checkpoints {
  private static final String COLUMNS = "select tenant, name, no, version, time_ms";

  private final Connections connections;
  private final SqlDialect dialect;
  private final EventSql sql;
  private final Turns turns;

  /**
   * The checkpoints in a database that has been migrated.
   *
   * @param turns those that all take who write to the database
   */
  public JpaCheckpoints(Connections connections, Turns turns) {
    this.connections = connections;
    this.dialect = connections.read(SqlDialect::of);
    this.sql = EventSql.of(dialect);
    this.turns = turns;
  }

  @Override
  public Optional<Checkpoint> find(ConsumerId consumer) {
    return list(Sql.of(COLUMNS + " from event_consumer c where ").add(of(consumer))).stream()
        .findFirst();
  }

  @Override
  public List<Checkpoint> page(TenantId tenant, String afterName, int limit) {
    return list(
        Sql.of(COLUMNS + " from event_consumer where tenant = ?", tenant.value())
            .add(" and name > ? order by name limit " + limit, afterName));
  }

  @Override
  public Checkpoint save(
      ConsumerId consumer, Position position, Instant time, Precondition expected) {
    takeTurn();
    Instant kept = time.truncatedTo(ChronoUnit.MILLIS);
    return connections.write(
        connection -> {
          Version version = next(connection);
          Checkpoint checkpoint = new Checkpoint(consumer, position, version, kept);
          boolean saved =
              (mayExist(expected) && update(connection, checkpoint, expected))
                  || (expected.holdsForNone() && insert(connection, checkpoint));
          if (!saved) {
            throw conflict(consumer);
          }
          return checkpoint;
        });
  }

  private Version next(Connection connection) throws SQLException {
    List<Version> next = new ArrayList<>();
    sql.query(
        connection,
        Sql.of("select nextval('event_consumer_version')"),
        row -> next.add(new Version(row.getLong(1))));
    return next.get(0);
  }

  private boolean update(Connection connection, Checkpoint saved, Precondition expected)
      throws SQLException {
    Sql update =
        Sql.of("update event_consumer c set no = ?", saved.position().sequence())
            .add(", version = ?, time_ms = ?", saved.version().value(), saved.time().toEpochMilli())
            .add(" where ")
            .add(of(saved.consumer()))
            .add(at(expected));
    return sql.execute(connection, update) == 1;
  }

  private boolean insert(Connection connection, Checkpoint saved) throws SQLException {
    Sql insert =
        Sql.of("insert into event_consumer (tenant, name, no, version, time_ms)")
            .add(" values (?, ?, ?, ?, ?)")
            .with(saved.consumer().tenant().value(), saved.consumer().name())
            .with(
                saved.position().sequence(), saved.version().value(), saved.time().toEpochMilli());
    return sql.execute(connection, insert) == 1;
  }

  @Override
  public boolean remove(ConsumerId consumer, Precondition expected) {
    takeTurn();
    return connections.write(
        connection -> {
          boolean removed =
              mayExist(expected)
                  && sql.execute(
                          connection,
                          Sql.of("delete from event_consumer c where ")
                              .add(of(consumer))
                              .add(at(expected)))
                      == 1;
          boolean isThere = !removed && !mayExist(expected) && find(consumer).isPresent();
          if (isThere || (!removed && !expected.holdsForNone())) {
            throw conflict(consumer);
          }
          return removed;
        });
  }

  @Override
  public Optional<Instant> oldestUnread(boolean internal) {
    List<Instant> times = new ArrayList<>();
    Sql oldest =
        Sql.of("select min(u.t) from (select (select e.time_ms from event e")
            .add(" where e.tenant = c.tenant and e.no > c.no")
            .add(" order by e.no limit 1) as t from event_consumer c")
            .add(" where c.name " + (internal ? "<" : ">") + " ?) u", ConsumerId.BEFORE_CLIENTS);
    connections.read(
        connection -> {
          sql.query(
              connection,
              oldest,
              row -> {
                long millis = row.getLong(1);
                if (!row.wasNull()) {
                  times.add(Instant.ofEpochMilli(millis));
                }
              });
          return true;
        });
    return times.stream().findFirst();
  }

  @Override
  public long erase(TenantId tenant, int most) {
    takeTurn();
    return connections.write(connection -> sql.erase(connection, "event_consumer", tenant, most));
  }

  private List<Checkpoint> list(Sql query) {
    return connections.read(
        connection -> {
          List<Checkpoint> found = new ArrayList<>();
          sql.query(connection, query, row -> found.add(checkpoint(row)));
          return found;
        });
  }

  private static Checkpoint checkpoint(ResultSet row) throws SQLException {
    return new Checkpoint(
        new ConsumerId(new TenantId(row.getString(1)), row.getString(2)),
        new Position(row.getLong(3)),
        new Version(row.getLong(4)),
        Instant.ofEpochMilli(row.getLong(5)));
  }

  private void takeTurn() {
    if (dialect.writersTakeTurns()) {
      turns.take();
    }
  }

  private static boolean mayExist(Precondition expected) {
    return !(expected instanceof Precondition.Absent);
  }

  private static Sql of(ConsumerId consumer) {
    return Sql.of("c.tenant = ? and c.name = ?", consumer.tenant().value(), consumer.name());
  }

  private static Sql at(Precondition expected) {
    return expected instanceof Precondition.At at
        ? Sql.of(" and c.version = ?", at.version().value())
        : new Sql();
  }

  private static StorageException.Conflict conflict(ConsumerId consumer) {
    return new StorageException.Conflict(
        new StorageKey(consumer.tenant(), "$consumer", consumer.name()),
        "The checkpoint is not as expected");
  }
}
