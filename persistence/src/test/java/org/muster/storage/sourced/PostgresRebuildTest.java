package org.muster.storage.sourced;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.muster.event.EventStore;
import org.muster.event.Sealing;
import org.muster.event.projection.Generations;
import org.muster.event.projection.ProjectionProgress;
import org.muster.event.projection.Unit;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.jpa.TestDatabase;

/** Events and documents in one database. */
class PostgresRebuildTest extends RebuildContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  private final JpaStorage store = database().storage(Clock.systemUTC());
  private final EventStore events = new OneTenant(database().events(Sealing.NONE), tenant);
  private final Generations generations = database().generations();
  private final EventSourcedStorage sourced =
      new EventSourcedStorage(
          new ModelStore(store, generations, this::tenants, store::eraseTold, store::counts),
          events,
          Optional.empty(),
          appended -> {});

  private static TestDatabase database() {
    return TestDatabase.postgres().orElseThrow();
  }

  @Override
  protected StorageProvider storage() {
    return database().transactional(sourced);
  }

  @Override
  protected EventSourcedStorage sourced() {
    return sourced;
  }

  @Override
  protected StorageProvider backEnd() {
    return database().transactional(store);
  }

  @Override
  protected EventStore events() {
    return events;
  }

  @Override
  protected Generations generations() {
    return generations;
  }

  @Override
  protected ProjectionProgress progress() {
    return database().progress();
  }

  @Override
  protected Unit transactions() {
    return new Unit() {
      @Override
      public <T> T run(Supplier<T> work) {
        return database().inTransaction(work);
      }
    };
  }
}
