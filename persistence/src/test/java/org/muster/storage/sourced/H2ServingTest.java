package org.muster.storage.sourced;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.muster.event.EventStore;
import org.muster.event.Sealing;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept by a model in the heap that follows the events of a database. */
class H2ServingTest extends StorageProviderContract {
  private final JpaStorage store = database().storage(Clock.systemUTC());
  private final EventStore events = database().events(Sealing.NONE);
  private final Following following =
      new Following(
          store, events, database().generations(), store::eraseTold, database(), events.end());

  private static TestDatabase database() {
    return TestDatabase.h2();
  }

  @AfterEach
  void close() {
    assertThat(following.missed()).isZero();
    following.close();
  }

  @Override
  protected StorageProvider storage() {
    return database().transactional(following.storage());
  }
}
