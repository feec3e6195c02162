package org.muster.event.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.EventType;
import org.muster.event.Position;
import org.muster.event.Sealing;
import org.muster.event.StreamRead;
import org.muster.event.Subscriptions;
import org.muster.kernel.TenantId;
import org.muster.sql.Connections;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.sql.Transactions;
import org.muster.sql.Turns;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * Keeps events in PostgreSQL or H2, in the transaction of what they tell of. Nobody is shown an
 * event as long as one with a lower number may still be committed; so what commits late appears
 * late, and behind all that was shown.
 */
public final class JpaEventStore implements EventStore {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final Connections connections;
  private final SqlDialect dialect;
  private final Transactions transactions;
  private final Turns turns;
  private final Sealing sealing;
  private final Subscriptions subscriptions;

  /**
   * The store in a database that has been migrated.
   *
   * @param turns those that all take who write to the database
   * @param executor has a thread for each subscription
   */
  public JpaEventStore(
      Connections connections,
      Transactions transactions,
      Turns turns,
      Sealing sealing,
      Executor executor) {
    this.connections = connections;
    this.dialect = connections.read(SqlDialect::of);
    this.transactions = transactions;
    this.turns = turns;
    this.sealing = sealing;
    this.subscriptions = new Subscriptions(executor, INTERVAL);
  }

  @Override
  public List<Event> append(List<Append> appends) {
    Set<StorageKey> streams = streams(appends);
    if (appends.isEmpty()) {
      return List.of();
    }
    if (dialect.writersTakeTurns()) {
      turns.take();
    }
    Optional<List<Event>> asNew = Optional.empty();
    if (appends.stream().allMatch(JpaEventStore::isCreation)) {
      asNew = sealing.forNew(streams).flatMap(keys -> append(appends, keys));
    }
    List<Event> events =
        asNew.orElseGet(
            () ->
                append(appends, new Sealing.NewKeys(sealing.forWriting(streams), Map.of()))
                    .orElseThrow());
    told();
    return events;
  }

  /** Subscribers hear of it when it is committed. */
  private void told() {
    if (!subscriptions.isEmpty()) {
      transactions.whenEnded(subscriptions::wake);
    }
  }

  /** Whether appends can go with a script of others; there has to be one at least. */
  public boolean canRide() {
    return dialect.pipelines();
  }

  /**
   * Adds to a script that is run in the caller's transaction what appends, as {@link #append} does;
   * or what obtains the keys that it takes, if the streams may have some.
   *
   * @return appends the rest when it has run, and tells whether all is appended: it is not if new
   *     streams turn out to have a key or an event already. Empty if nothing was added
   */
  public Optional<BooleanSupplier> ride(List<Append> appends, Script script) {
    return sealing
        .forNew(streams(appends))
        .map(
            keys ->
                keys.stored().isEmpty() || appends.stream().allMatch(JpaEventStore::isCreation)
                    ? rideAtOnce(appends, keys, script)
                    : rideWithKeys(appends, keys, script));
  }

  private BooleanSupplier rideAtOnce(List<Append> appends, Sealing.NewKeys keys, Script script) {
    Appending appending = appending(appends, keys);
    appending.addTo(script);
    told();
    return appending::isDone;
  }

  private BooleanSupplier rideWithKeys(List<Append> appends, Sealing.NewKeys keys, Script script) {
    Map<StorageKey, byte[]> obtained = new HashMap<>();
    script.add(
        KeySql.obtain(inOrder(keys), appends.get(0).events().get(0).time().toEpochMilli()),
        row -> {
          StorageKey stream = KeyRows.subject(dialect, row);
          byte[] secret = row.getBytes(4);
          if (secret == null) {
            throw new StorageException.Erased(stream);
          }
          obtained.put(stream, secret);
        },
        rows -> {});
    return () -> {
      if (obtained.size() < keys.stored().size()) {
        return false; // somebody else has made one at this very moment
      }
      told();
      return append(appends, new Sealing.NewKeys(sealing.ofStored(obtained), Map.of())).isPresent();
    };
  }

  private static Set<StorageKey> streams(List<Append> appends) {
    Set<StorageKey> streams = new HashSet<>();
    for (Append append : appends) {
      if (!streams.add(append.stream())) {
        throw new IllegalArgumentException("A stream is appended to once");
      }
    }
    return streams;
  }

  /** Whether its stream has no event before it, most likely. */
  private static boolean isCreation(Append append) {
    return append.events().get(0).type() == EventType.CREATED;
  }

  private Optional<List<Event>> append(List<Append> appends, Sealing.NewKeys sealed) {
    Appending appending = appending(appends, sealed);
    return connections.write(
        connection -> {
          Script script = new Script(dialect);
          appending.addTo(script);
          script.run(connection);
          return appending.stored();
        });
  }

  private Appending appending(List<Append> appends, Sealing.NewKeys sealed) {
    return new Appending(EventSql.of(dialect), sealed.sealer(), inOrder(sealed), appends);
  }

  private static List<KeySql.New> inOrder(Sealing.NewKeys keys) {
    return keys.stored().entrySet().stream()
        .map(entry -> new KeySql.New(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(KeySql.New::subject))
        .toList();
  }

  @Override
  public List<Event> read(StreamRead read) {
    StorageKey stream = read.stream();
    Sql sql =
        Sql.of("select " + EventRows.COLUMNS + " from event e where e.tenant = ?")
            .with(stream.tenant().value())
            .add(" and e.collection = ? and e.id = ?", stream.collection(), stream.id())
            .add(read.backward() ? " and e.number <= ?" : " and e.number >= ?", read.from())
            .add(" order by e.number" + (read.backward() ? " desc" : ""))
            .add(" limit " + read.limit());
    return opened(connections.read(connection -> rows(connection, sql)));
  }

  @Override
  public EventPage after(Position position, EventFilter filter, int limit) {
    EventRows rows = new EventRows(dialect);
    EventSql.Reach reach =
        connections.read(
            connection -> EventSql.of(dialect).after(connection, position, filter, limit, rows));
    List<Event> events = opened(rows);
    boolean isAll = events.size() < limit && rows.bytes() < PAGE_BYTES;
    Position last = isAll ? reach.position() : events.get(events.size() - 1).position();
    return new EventPage(
        events, last.compareTo(position) > 0 ? last : position, isAll && reach.isEnd());
  }

  @Override
  public Position drawn() {
    return connections.read(connection -> EventSql.of(dialect).drawn(connection));
  }

  @Override
  public Position end() {
    return connections.read(connection -> EventSql.of(dialect).end(connection));
  }

  @Override
  public Subscription subscribe(
      Position after, EventFilter filter, Consumer<EventPage> subscriber) {
    return subscriptions.start(this, after, filter, subscriber);
  }

  @Override
  public List<StorageKey> streams(
      TenantId tenant, String collection, Optional<String> afterId, int limit) {
    Sql sql =
        Sql.of("select e.id from event e where e.tenant = ? and e.collection = ?")
            .with(tenant.value(), collection)
            .add(" and e.id > ? and e.number = 1", afterId.orElse(""))
            .add(" order by e.id limit " + limit);
    return connections.read(
        connection -> {
          List<StorageKey> keys = new ArrayList<>();
          Script script = new Script(dialect);
          script.add(
              sql,
              row -> keys.add(new StorageKey(tenant, collection, dialect.decode(row.getString(1)))),
              count -> {});
          script.run(connection);
          return keys;
        });
  }

  @Override
  public long erase(TenantId tenant, int most) {
    if (dialect.writersTakeTurns()) {
      turns.take();
    }
    return connections.write(
        connection ->
            EventSql.of(dialect).erase(connection, "event", tenant, most)
                + EventSql.of(dialect).erase(connection, "event_snapshot", tenant, most));
  }

  private EventRows rows(Connection connection, Sql sql) throws SQLException {
    EventRows rows = new EventRows(dialect);
    Script script = new Script(dialect);
    script.add(sql, row -> rows.add(row, 1), count -> {});
    script.run(connection);
    return rows;
  }

  /** Opened when the rows have been read, since the keys are read on the same connection. */
  private List<Event> opened(EventRows rows) {
    return rows.opened(sealing.forReading(rows.streams()));
  }
}
