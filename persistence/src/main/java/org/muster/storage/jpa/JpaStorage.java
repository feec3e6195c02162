package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.sql.Companion;
import org.muster.sql.Connections;
import org.muster.sql.Sql;
import org.muster.sql.Turns;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Buried;
import org.muster.storage.Capability;
import org.muster.storage.Found;
import org.muster.storage.Health;
import org.muster.storage.Indexed;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.Path;
import org.muster.storage.Query;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.Tombstone;
import org.muster.storage.TombstoneQuery;

/**
 * Keeps documents in PostgreSQL or H2. Writes, and reads within a transaction, take part in the
 * transaction of the entity manager; a read outside of one is on a connection of its own.
 */
public final class JpaStorage implements StorageProvider {
  private static final int HEALTH_SECONDS = 2;

  /** Enough to keep the database busy; more would only make the gathered questions fewer. */
  private static final int LANES = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final Connections connections;
  private final Dialect dialect;
  private final VersionBlock versions;
  private final Turns turns;
  private final Clock clock;
  private final Gathering<Lookup, Optional<List<Stored>>> lookups;
  private final Companion companion;

  private JpaStorage(Connections connections, Dialect dialect, Turns turns, Clock clock) {
    this.connections = connections;
    this.dialect = dialect;
    this.lookups = new Gathering<>(LANES, PATIENCE, Lookup::isLike, this::lookUp);
    this.versions = new VersionBlock(dialect);
    this.turns = turns;
    this.clock = clock;
    this.companion = Companion.NONE;
  }

  private JpaStorage(JpaStorage other, Companion companion) {
    this.connections = other.connections;
    this.dialect = other.dialect;
    this.lookups = other.lookups;
    this.versions = other.versions;
    this.turns = other.turns;
    this.clock = other.clock;
    this.companion = companion;
  }

  /**
   * The store in a database that has been migrated; one for all who write to it in this process.
   *
   * @param turns those that all take who write to the database
   */
  public static JpaStorage over(Connections connections, Turns turns, Clock clock) {
    return new JpaStorage(connections, connections.read(Dialect::of), turns, clock);
  }

  /** The same store, with a companion that writes along with its batches. */
  public JpaStorage accompanied(Companion other) {
    return new JpaStorage(this, other);
  }

  /**
   * Creates the indexes that searching by these paths of these collections needs, as far as they
   * are missing, and the keys of documents that a migration has listed for it; not in a
   * transaction. A search by another path is right, and slow.
   */
  public void prepare(Map<String, List<Path>> paths) {
    connections.read(
        connection -> {
          dialect.prepare(connection, paths);
          new Rekeying(dialect, connection).run(paths);
          return true;
        });
  }

  /**
   * Creates the index of one path of a collection, which serves all tenants, while others read and
   * write; not in a transaction. May take as long as the table is large.
   *
   * @param most the most such indexes that the database may have
   */
  public Indexed index(String collection, Path path, int most) {
    return connections.apart(connection -> dialect.index(connection, collection, path, most));
  }

  @Override
  public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
    Lookup lookup = Lookup.of(key, expand);
    return isGathered(lookup)
        ? lookups.ask(lookup).flatMap(found -> found.stream().findFirst())
        : connections.read(connection -> new LinkReader(dialect).get(connection, key, expand));
  }

  /** Whoever is in a transaction reads on its connection. */
  private boolean isGathered(Lookup lookup) {
    return lookup.isGathered(dialect) && !connections.isJoined();
  }

  private List<Optional<List<Stored>>> lookUp(List<Lookup> alike) {
    return connections.apart(connection -> new LookupReader(dialect).read(connection, alike));
  }

  @Override
  public Set<StorageKey> existing(Set<StorageKey> keys) {
    return keys.isEmpty()
        ? Set.of()
        : connections.read(connection -> new LinkReader(dialect).existing(connection, keys));
  }

  @Override
  public Applied apply(Batch batch) {
    if (batch.changes().isEmpty() && batch.preconditions().isEmpty()) {
      return Applied.NOTHING;
    }
    if (dialect.sql().writersTakeTurns()) {
      turns.take();
    }
    return connections.write(
        connection ->
            new BatchRun(dialect, connection, batch, moment(connection, batch), companion).run());
  }

  /** A version and a time for a batch that is applied as of them later. */
  public Applied.Moment reserve() {
    return new Applied.Moment(new Version(versions.next(connections)), clock.instant());
  }

  private Applied.Moment moment(Connection connection, Batch batch) throws SQLException {
    if (batch.moment().isPresent()) {
      versions.pass(connection, batch.moment().get().version().value());
      return batch.moment().get();
    }
    return new Applied.Moment(new Version(versions.next(connection)), clock.instant());
  }

  @Override
  public Found query(Query query) {
    Optional<Lookup> lookup = Lookup.of(query).filter(this::isGathered);
    Optional<Found> found = lookup.flatMap(question -> lookups.ask(question).map(question::page));
    if (found.isPresent()) {
      return found.get();
    }
    return connections.read(connection -> new QueryRun(dialect, connection, query).page());
  }

  @Override
  public long count(Query query) {
    return connections.read(connection -> new QueryRun(dialect, connection, query).count());
  }

  @Override
  public List<Linked> links(LinkQuery query) {
    return connections.read(connection -> new LinkReader(dialect).links(connection, query));
  }

  @Override
  public void scan(Query query, Consumer<Stored> consumer) {
    Query unlimited =
        new Query(
            query.tenant(),
            query.collection(),
            query.filter(),
            Query.Order.BY_ID,
            query.page(),
            query.expand(),
            Long.MAX_VALUE);
    Optional<Query.Position> after = Optional.empty();
    int most = QueryRun.CHUNK;
    do {
      Optional<Query.Position> from = after;
      int wanted = most;
      QueryRun.Chunk chunk =
          connections.read(
              connection -> new QueryRun(dialect, connection, unlimited).chunk(from, wanted));
      chunk.items().forEach(consumer);
      after = chunk.next();
      most =
          Math.min(QueryRun.CHUNK, 2 * chunk.read()); // where they are large, fewer are looked at
    } while (after.isPresent());
  }

  @Override
  public List<Tombstone> tombstones(TombstoneQuery query) {
    return connections.read(connection -> new TombstoneReader(dialect).page(connection, query));
  }

  @Override
  public Optional<Buried> buried(StorageKey key) {
    return connections.read(connection -> new TombstoneReader(dialect).buried(connection, key));
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return erase(most, (table, left) -> dialect.erase(table, tenant.value(), "", left));
  }

  /**
   * Erases what there is of a tenant, as {@link #erase} does, but for the collections that are the
   * server's own: those whose name begins with {@code $}.
   */
  public long eraseTold(TenantId tenant, int most) {
    return erase(most, (table, left) -> dialect.eraseTold(table, tenant.value(), left));
  }

  /** How many live documents a tenant has, by collection; those of which it has some. */
  public SortedMap<String, Long> counts(TenantId tenant) {
    Sql sql =
        Sql.of("select collection, sum(n) from document_count where tenant = ?", tenant.value())
            .add(" group by collection having sum(n) <> 0");
    return connections.read(
        connection -> {
          SortedMap<String, Long> counts = new TreeMap<>();
          try (PreparedStatement statement = dialect.prepare(connection, sql);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              counts.put(dialect.decode(rows.getString(1)), rows.getLong(2));
            }
          }
          return counts;
        });
  }

  private long erase(int most, BiFunction<String, Integer, Sql> erasing) {
    if (dialect.sql().writersTakeTurns()) {
      turns.take();
    }
    return connections.write(
        connection -> {
          long removed = 0;
          for (String table : dialect.tables()) {
            if (removed < most) {
              Sql sql = erasing.apply(table, (int) (most - removed));
              try (PreparedStatement statement = dialect.prepare(connection, sql)) {
                removed += statement.executeUpdate();
              }
            }
          }
          return removed;
        });
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.copyOf(EnumSet.allOf(Capability.class));
  }

  /** Asks on a thread of its own, since the wait for a connection may be longer than the answer. */
  @Override
  public Health health() {
    FutureTask<Boolean> question = new FutureTask<>(this::answers);
    Thread asking = new Thread(question, "muster-database-health");
    asking.setDaemon(true);
    asking.start();
    try {
      question.get(HEALTH_SECONDS, TimeUnit.SECONDS);
      return new Health(true, "The database (" + dialect.name() + ") answers");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Health(false, "The question was interrupted");
    } catch (TimeoutException e) {
      return new Health(
          false, "The database does not answer within " + HEALTH_SECONDS + " seconds");
    } catch (ExecutionException e) {
      return new Health(false, "The database does not answer");
    }
  }

  private boolean answers() {
    return connections.apart(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            int usual = statement.getQueryTimeout();
            statement.setQueryTimeout(HEALTH_SECONDS);
            try {
              return statement.execute("select 1");
            } finally {
              statement.setQueryTimeout(usual); // H2 sets it for the whole session
            }
          }
        });
  }
}
