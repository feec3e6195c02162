package org.muster.projection.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.muster.kernel.TenantId;
import org.muster.projection.Activity;
import org.muster.projection.ActivityCount;
import org.muster.projection.ActivityMark;
import org.muster.projection.ActivityQuery;
import org.muster.projection.ActivityStore;
import org.muster.sql.Connections;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.sql.Turns;
import org.muster.storage.StorageKey;

/** Keeps activity in PostgreSQL or H2, in the caller's transaction. */
public final class JpaActivityStore implements ActivityStore {
  private static final List<String> TABLES = List.of("activity", "activity_count");

  private final Connections connections;
  private final SqlDialect dialect;
  private final ActivitySql sql;
  private final Turns turns;

  /** A collection of a tenant. */
  record Place(TenantId tenant, String collection) implements Comparable<Place> {
    static Place of(StorageKey key) {
      return new Place(key.tenant(), key.collection());
    }

    @Override
    public int compareTo(Place other) {
      int compared = tenant.compareTo(other.tenant);
      return compared != 0 ? compared : collection.compareTo(other.collection);
    }
  }

  /** A row. */
  record Row(StorageKey key, State state, Instant modified) {}

  /**
   * The activity in a database that has been migrated.
   *
   * @param turns those that all take who write to the database
   */
  public JpaActivityStore(Connections connections, Turns turns) {
    this.connections = connections;
    this.dialect = connections.read(SqlDialect::of);
    this.sql = new ActivitySql(dialect);
    this.turns = turns;
  }

  @Override
  public void mark(Map<StorageKey, ActivityMark> marks) {
    takeTurn();
    connections.write(
        connection -> {
          write(connection, new TreeMap<>(marks));
          return true;
        });
  }

  /** In the order of the keys. */
  private void write(Connection connection, SortedMap<StorageKey, ActivityMark> marks)
      throws SQLException {
    Map<StorageKey, State> known = known(connection, List.copyOf(marks.keySet()));
    List<Row> kept = new ArrayList<>();
    List<StorageKey> gone = new ArrayList<>();
    SortedMap<Place, ActivityCount> more = new TreeMap<>();
    marks.forEach(
        (key, mark) -> {
          Optional<State> before = Optional.ofNullable(known.get(key));
          Optional<State> after = Optional.empty();
          if (mark instanceof ActivityMark.Known now) {
            after = Optional.of(State.of(now.active()));
            kept.add(new Row(key, after.get(), now.modified()));
          } else if (mark instanceof ActivityMark.Touched now) {
            after = before;
            before.ifPresent(state -> kept.add(new Row(key, state, now.modified())));
          } else {
            gone.add(key);
          }
          ActivityCount change =
              after
                  .map(State::count)
                  .orElse(ActivityCount.NONE)
                  .minus(before.map(State::count).orElse(ActivityCount.NONE));
          more.merge(Place.of(key), change, ActivityCount::plus);
        });
    more.values().removeIf(ActivityCount.NONE::equals);
    Script script = new Script(dialect);
    if (!kept.isEmpty()) {
      script.add(sql.save(kept));
    }
    if (!gone.isEmpty()) {
      script.add(sql.remove(gone));
    }
    if (!more.isEmpty()) {
      script.add(sql.count(more));
    }
    script.run(connection);
  }

  private Map<StorageKey, State> known(Connection connection, List<StorageKey> keys)
      throws SQLException {
    Map<StorageKey, State> known = new HashMap<>();
    Script script = new Script(dialect);
    dialect.byIndex().ifPresent(script::add);
    script.add(
        sql.states(keys),
        row -> {
          StorageKey key =
              new StorageKey(
                  new TenantId(dialect.decode(row.getString(1))),
                  dialect.decode(row.getString(2)),
                  dialect.decode(row.getString(3)));
          known.put(key, State.of(row.getLong(4)));
        },
        rows -> {});
    script.run(connection);
    return known;
  }

  @Override
  public SortedMap<String, ActivityCount> counts(TenantId tenant) {
    return connections.read(
        connection -> {
          SortedMap<String, ActivityCount> counts = new TreeMap<>();
          read(
              connection,
              sql.counts(tenant),
              row ->
                  counts.put(
                      dialect.decode(row.getString(1)),
                      new ActivityCount(row.getLong(2), row.getLong(3), row.getLong(4))));
          return counts;
        });
  }

  @Override
  public List<Activity> page(ActivityQuery query) {
    return connections.read(
        connection -> {
          List<Activity> page = new ArrayList<>();
          read(
              connection,
              sql.page(query),
              row ->
                  page.add(
                      new Activity(
                          dialect.decode(row.getString(1)),
                          State.of(row.getLong(2)).active(),
                          Instant.ofEpochMilli(row.getLong(3)))));
          return page;
        });
  }

  @Override
  public long clear(int most) {
    return remove(most, Optional.empty());
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return remove(most, Optional.of(tenant));
  }

  private long remove(int most, Optional<TenantId> tenant) {
    takeTurn();
    return connections.write(
        connection -> {
          long removed = 0;
          for (String table : TABLES) {
            if (removed < most) {
              removed += update(connection, sql.erase(table, tenant, (int) (most - removed)));
            }
          }
          return removed;
        });
  }

  private int update(Connection connection, Sql statement) throws SQLException {
    try (PreparedStatement prepared = dialect.prepare(connection, statement)) {
      return prepared.executeUpdate();
    }
  }

  private void read(Connection connection, Sql query, Script.RowReader reader) throws SQLException {
    try (PreparedStatement statement = dialect.prepare(connection, query);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  private void takeTurn() {
    if (dialect.writersTakeTurns()) {
      turns.take();
    }
  }
}
