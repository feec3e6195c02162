package org.muster.storage.wiring;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.muster.event.Sealing;
import org.muster.event.jpa.JpaCheckpoints;
import org.muster.event.jpa.JpaEventStore;
import org.muster.sql.Connections;
import org.muster.sql.Transactions;
import org.muster.sql.Turns;
import org.muster.storage.Indexed;
import org.muster.storage.Path;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.jpa.Migrations;

/** The database of this installation. It is migrated before anything else is done with it. */
@ApplicationScoped
public class Database {
  @PersistenceContext(unitName = "muster")
  private EntityManager entities;

  @Resource(lookup = "jdbc/muster")
  private DataSource dataSource;

  @Resource private TransactionSynchronizationRegistry transactions;

  @Resource private ManagedThreadFactory threads;

  private @Nullable Stores stores;

  /** What is kept in the database; all that write to it take turns with each other, if at all. */
  private record Stores(JpaStorage documents, JpaEventStore events, JpaCheckpoints checkpoints) {}

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

  private synchronized Stores stores() {
    Stores known = stores;
    if (known == null) {
      Connections connections = new Connections(entities, dataSource);
      Transactions joined = new ContainerTransactions(transactions);
      Turns turns = new Turns(joined);
      JpaEventStore events =
          new JpaEventStore(
              connections,
              joined,
              turns,
              Sealing.NONE,
              runnable -> threads.newThread(runnable).start());
      events.begin();
      known =
          new Stores(
              JpaStorage.over(connections, turns, Clock.systemUTC()),
              events,
              new JpaCheckpoints(connections, turns));
      stores = known;
    }
    return known;
  }
}
