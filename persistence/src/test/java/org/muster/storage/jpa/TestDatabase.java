package org.muster.storage.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.muster.cluster.NodeRegistry;
import org.muster.cluster.jpa.JpaNodeRegistry;
import org.muster.event.Sealing;
import org.muster.event.SnapshotStore;
import org.muster.event.jpa.JpaCheckpoints;
import org.muster.event.jpa.JpaEventStore;
import org.muster.event.jpa.JpaGenerations;
import org.muster.event.jpa.JpaProgress;
import org.muster.event.jpa.JpaSnapshotStore;
import org.muster.event.jpa.JpaSubjectKeys;
import org.muster.event.seal.KeyWrapping;
import org.muster.monitor.Calls;
import org.muster.projection.jpa.JpaActivityStore;
import org.muster.receiver.jpa.JpaDeadLetters;
import org.muster.receiver.jpa.JpaDeliveryLog;
import org.muster.receiver.jpa.JpaReceivers;
import org.muster.sql.Connections;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.sql.Transactions;
import org.muster.sql.Turns;
import org.muster.state.jpa.JpaNodes;
import org.muster.storage.People;
import org.muster.storage.StorageProvider;
import org.muster.storage.journal.JpaJournal;

/** A migrated database with a persistence unit over it, which serves all tests of a JVM. */
public final class TestDatabase implements Transactions {
  private static final Map<String, TestDatabase> OPEN = new ConcurrentHashMap<>();

  final CountingPool pool;
  private final EntityManagerFactory factory;
  private final Turns turns = new Turns(this);

  @SuppressWarnings("ThreadLocalUsage") // a thread may be in a transaction of each database
  private final ThreadLocal<@Nullable EntityManager> current = new ThreadLocal<>();

  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Map<Object, Object>> kept = ThreadLocal.withInitial(HashMap::new);

  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<List<Consumer<Boolean>>> atEnd =
      ThreadLocal.withInitial(ArrayList::new);

  TestDatabase(DataSource dataSource) {
    pool = new CountingPool(dataSource);
    new Migrations(pool, TestDatabase.class.getClassLoader()).migrate();
    factory =
        Persistence.createEntityManagerFactory(
            "muster",
            Map.of(
                "jakarta.persistence.transactionType",
                "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource",
                "",
                "jakarta.persistence.nonJtaDataSource",
                pool,
                "eclipselink.weaving",
                "false"));
    storage(Clock.systemUTC()).prepare(Map.of("User", People.INDEXED, "Group", People.INDEXED));
  }

  /** H2 in memory, in the mode in which it is shipped. */
  public static TestDatabase h2() {
    return OPEN.computeIfAbsent(
        "h2",
        name ->
            h2(
                "jdbc:h2:mem:muster;DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
                    + "DEFAULT_NULL_ORDERING=HIGH;QUERY_CACHE_SIZE=0"));
  }

  static TestDatabase h2(String url) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url);
    return new TestDatabase(source);
  }

  /** PostgreSQL; empty if there is none. */
  public static Optional<TestDatabase> postgres() {
    return PostgresServer.dataSource()
        .map(source -> OPEN.computeIfAbsent("postgres", name -> new TestDatabase(source)));
  }

  /** Why there is no PostgreSQL. */
  public static String whyNoPostgres() {
    return PostgresServer.reason();
  }

  /** The entity manager of whatever transaction the calling thread is in. */
  public EntityManager entities() {
    return (EntityManager)
        Proxy.newProxyInstance(
            TestDatabase.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> {
              EntityManager bound = current.get();
              EntityManager used = bound != null ? bound : factory.createEntityManager();
              try {
                return method.invoke(used, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (bound == null) {
                  used.close();
                }
              }
            });
  }

  /** Runs something in a transaction of the calling thread, which is rolled back if it fails. */
  public <T> T inTransaction(Supplier<T> action) {
    try (EntityManager entities = factory.createEntityManager()) {
      entities.getTransaction().begin();
      current.set(entities);
      boolean committed = false;
      try {
        T result = action.get();
        entities.getTransaction().commit();
        committed = true;
        return result;
      } finally {
        current.remove();
        kept.remove();
        if (entities.getTransaction().isActive()) {
          entities.getTransaction().rollback();
        }
        List<Consumer<Boolean>> actions = List.copyOf(atEnd.get());
        atEnd.remove();
        for (Consumer<Boolean> each : actions) {
          each.accept(committed);
        }
      }
    }
  }

  @Override
  public @Nullable Object current() {
    return current.get();
  }

  @Override
  public @Nullable Object kept(Object key) {
    return current.get() == null ? null : kept.get().get(key);
  }

  @Override
  public void keep(Object key, Object value) {
    kept.get().put(key, value);
  }

  @Override
  public void whenEnded(Runnable action) {
    whenDecided(committed -> action.run());
  }

  @Override
  public void whenDecided(Consumer<Boolean> action) {
    atEnd.get().add(action);
  }

  private Connections connections() {
    return new Connections(entities(), pool, this);
  }

  /** Events in the same database. */
  public JpaEventStore events(Sealing sealing) {
    return new JpaEventStore(connections(), this, turns, sealing, TestDatabase::start);
  }

  /** Checkpoints in the same database. */
  public JpaCheckpoints checkpoints() {
    return new JpaCheckpoints(connections(), turns);
  }

  /** How far projections are, in the same database. */
  public JpaProgress progress() {
    return new JpaProgress(connections(), turns);
  }

  /** The generations of the documents in the same database. */
  public JpaGenerations generations() {
    return new JpaGenerations(connections(), turns, "documents");
  }

  /** Keys of subjects in the same database. */
  public JpaSubjectKeys keys(KeyWrapping wrapping) {
    return new JpaSubjectKeys(connections(), turns, wrapping, Clock.systemUTC());
  }

  /** Receivers in the same database, whose secrets are sealed with a master key. */
  public JpaReceivers receivers(byte[] master) {
    return new JpaReceivers(connections(), turns, KeyWrapping.under(master));
  }

  /** How far they are. */
  public JpaDeliveryLog deliveries(byte[] master) {
    return new JpaDeliveryLog(connections(), turns, KeyWrapping.under(master));
  }

  /** What they did not take. */
  public JpaDeadLetters deadLetters() {
    return new JpaDeadLetters(connections(), turns);
  }

  /** Snapshots in the same database. */
  public SnapshotStore snapshots(Sealing sealing) {
    return new JpaSnapshotStore(connections(), turns, sealing);
  }

  /** The URL of the database, for MUSTER_TEST_POSTGRES of another process. */
  public String url() {
    return connections()
        .apart(
            connection ->
                connection.getMetaData().getURL().replaceAll("[?].*", "")
                    + "?user="
                    + connection.getMetaData().getUserName());
  }

  /** What a query gives in its only column, as bytes. */
  public List<byte[]> bytes(Sql sql) {
    return connections()
        .apart(
            connection -> {
              List<byte[]> found = new ArrayList<>();
              Script script = new Script(SqlDialect.of(connection));
              script.add(sql, row -> found.add(row.getBytes(1)), count -> {});
              script.run(connection);
              return found;
            });
  }

  /** Does something with the connection of a transaction of its own. */
  public <T> T write(Connections.Work<T> work) {
    return inTransaction(() -> connections().write(work));
  }

  /** The nodes of the same database, which is PostgreSQL. */
  public NodeRegistry nodeRegistry() {
    return new JpaNodeRegistry(connections());
  }

  /** Executes a statement, outside of transactions. */
  public void execute(String statement) {
    connections()
        .apart(
            connection -> {
              try (Statement sent = connection.createStatement()) {
                return sent.execute(statement);
              }
            });
  }

  /** The number that a query gives. */
  public long count(String query) {
    return connections()
        .apart(
            connection -> {
              try (Statement sent = connection.createStatement();
                  ResultSet row = sent.executeQuery(query)) {
                row.next();
                return row.getLong(1);
              }
            });
  }

  private static void start(Runnable runnable) {
    Thread thread = new Thread(runnable, "subscription");
    thread.setDaemon(true);
    thread.start();
  }

  /** The nodes of state trees, to be used in a transaction. */
  public JpaNodes nodes() {
    return JpaNodes.over(connections(), turns);
  }

  /** The activity, to be marked in a transaction. */
  public JpaActivityStore activity() {
    return new JpaActivityStore(connections(), turns);
  }

  /** The store, for who begins transactions by himself. */
  public JpaStorage storage(Clock clock) {
    return JpaStorage.over(connections(), turns, clock);
  }

  /** The store with its journal, as a server has them, for who begins transactions by himself. */
  public JpaStorage journaled(Clock clock, JpaEventStore events) {
    return storage(clock).accompanied(new JpaJournal(events, events, Calls.UNWATCHED));
  }

  /** The store, each batch in a transaction of its own and each read in none. */
  public StorageProvider transactional(Clock clock) {
    return transactional(storage(clock));
  }

  /** A store over this database, likewise. */
  public StorageProvider transactional(StorageProvider storage) {
    return new TransactionPerBatch(storage, this);
  }

  /** The text of what was executed, without a transaction's begin and end. */
  public List<String> executed() {
    return pool.takeExecuted();
  }
}
