package org.muster.storage.wiring;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.muster.cluster.NodeRegistry;
import org.muster.cluster.jpa.JpaNodeRegistry;
import org.muster.config.Settings;
import org.muster.event.Sealing;
import org.muster.event.jpa.JpaCheckpoints;
import org.muster.event.jpa.JpaEventStore;
import org.muster.event.jpa.JpaGenerations;
import org.muster.event.jpa.JpaProgress;
import org.muster.event.jpa.JpaSnapshotStore;
import org.muster.event.jpa.JpaSubjectKeys;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.KeyedSealing;
import org.muster.projection.jpa.JpaActivityStore;
import org.muster.receiver.jpa.JpaDeadLetters;
import org.muster.receiver.jpa.JpaDeliveryLog;
import org.muster.receiver.jpa.JpaReceivers;
import org.muster.sql.Connections;
import org.muster.sql.SqlDialect;
import org.muster.sql.Transactions;
import org.muster.sql.Turns;
import org.muster.state.jpa.JpaNodes;
import org.muster.storage.Indexed;
import org.muster.storage.Path;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.jpa.Migrations;
import org.muster.storage.sourced.DocumentModel;

/** The database of this installation. It is migrated before anything else is done with it. */
@ApplicationScoped
public class Database {
  @PersistenceContext(unitName = "muster")
  private EntityManager entities;

  @Resource(lookup = "jdbc/muster")
  private DataSource dataSource;

  /** With a connection of its own, which requests can't take. */
  @Resource(lookup = "jdbc/muster-nodes")
  private DataSource ofNodes;

  @Resource private TransactionSynchronizationRegistry transactions;

  @Resource private ManagedThreadFactory threads;

  @Inject private Settings settings;

  private @Nullable Stores stores;

  /** What is kept in the database; all that write to it take turns with each other, if at all. */
  private record Stores(
      JpaStorage documents,
      JpaEventStore events,
      JpaSubjectKeys keys,
      JpaSnapshotStore snapshots,
      JpaCheckpoints checkpoints,
      JpaReceivers receivers,
      JpaDeliveryLog deliveries,
      JpaDeadLetters deadLetters,
      JpaNodes nodes,
      JpaActivityStore activity,
      JpaProgress progress,
      JpaGenerations generations) {}

  /**
   * Brings the schema up to date; not in a transaction.
   *
   * @return how many scripts were applied
   */
  public int migrate() {
    return new Migrations(dataSource, Database.class.getClassLoader()).migrate();
  }

  /** Creates the missing indexes of these paths of these collections; not in a transaction. */
  public void prepare(Map<String, List<Path>> paths) {
    storage().prepare(paths);
  }

  /**
   * Creates the index of one path of a collection while others write; not in a transaction.
   *
   * @param most the most such indexes that the database may have
   */
  public Indexed index(String collection, Path path, int most) {
    return storage().index(collection, path, most);
  }

  /** The document store in the database, which has been migrated. */
  JpaStorage storage() {
    return stores().documents();
  }

  /** The event store in the database, which has been migrated. */
  JpaEventStore events() {
    return stores().events();
  }

  /** The checkpoints in the database, which has been migrated. */
  JpaCheckpoints checkpoints() {
    return stores().checkpoints();
  }

  /** The receivers in the database, which has been migrated. */
  JpaReceivers receivers() {
    return stores().receivers();
  }

  /** How far receivers are, in the database, which has been migrated. */
  JpaDeliveryLog deliveries() {
    return stores().deliveries();
  }

  /** The dead letters in the database, which has been migrated. */
  JpaDeadLetters deadLetters() {
    return stores().deadLetters();
  }

  /** The keys of subjects in the database, which has been migrated. */
  JpaSubjectKeys keys() {
    return stores().keys();
  }

  /** The snapshots in the database, which has been migrated. */
  JpaSnapshotStore snapshots() {
    return stores().snapshots();
  }

  /** The nodes of state trees in the database, which has been migrated. */
  JpaNodes nodes() {
    return stores().nodes();
  }

  /** The activity in the database, which has been migrated. */
  JpaActivityStore activity() {
    return stores().activity();
  }

  /** How far projections are, in the database, which has been migrated. */
  JpaProgress progress() {
    return stores().progress();
  }

  /** The generations of the documents in the database, which has been migrated. */
  JpaGenerations generations() {
    return stores().generations();
  }

  /**
   * The nodes of the database; empty where there can be one only: on H2 writers take turns by a
   * semaphore of their own process.
   */
  Optional<NodeRegistry> nodeRegistry() {
    Transactions joined = new ContainerTransactions(transactions);
    return new Connections(entities, dataSource, joined).read(SqlDialect::of).writersTakeTurns()
        ? Optional.empty()
        : Optional.of(new JpaNodeRegistry(new Connections(entities, ofNodes, joined)));
  }

  /** The transactions of the container. */
  Transactions transactions() {
    return new ContainerTransactions(transactions);
  }

  /** Runs something on a thread of the container, for as long as it takes. */
  public void start(Runnable runnable) {
    threads.newThread(runnable).start();
  }

  private synchronized Stores stores() {
    Stores known = stores;
    if (known == null) {
      Transactions joined = new ContainerTransactions(transactions);
      Connections connections = new Connections(entities, dataSource, joined);
      Turns turns = new Turns(joined);
      KeyWrapping wrapping = SealingSettings.wrapping(settings);
      JpaSubjectKeys keys = new JpaSubjectKeys(connections, turns, wrapping, Clock.systemUTC());
      keys.begin();
      Sealing sealing = new KeyedSealing(keys, SealingSettings.seals(settings));
      JpaEventStore events = new JpaEventStore(connections, joined, turns, sealing, this::start);
      known =
          new Stores(
              JpaStorage.over(connections, turns, Clock.systemUTC()),
              events,
              keys,
              new JpaSnapshotStore(connections, turns, sealing),
              new JpaCheckpoints(connections, turns),
              new JpaReceivers(connections, turns, wrapping),
              new JpaDeliveryLog(connections, turns, wrapping),
              new JpaDeadLetters(connections, turns),
              JpaNodes.over(connections, turns),
              new JpaActivityStore(connections, turns),
              new JpaProgress(connections, turns),
              new JpaGenerations(connections, turns, DocumentModel.NAME));
      stores = known;
    }
    return known;
  }
}
