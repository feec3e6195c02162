package org.muster.storage.sourced;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryEventStore;
import org.muster.event.projection.MemoryGenerations;
import org.muster.sql.Transactions;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.memory.MemoryStorage;

/** The contract, kept by a model in the heap that follows events in the heap. */
class MemoryServingTest extends StorageProviderContract {
  private final EventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);
  private final MemoryStorage store = new MemoryStorage(Clock.systemUTC());
  private final Following following =
      new Following(
          store,
          events,
          new MemoryGenerations(),
          store::eraseTold,
          Transactions.NONE,
          Position.START);

  @AfterEach
  void close() {
    assertThat(following.missed()).isZero();
    following.close();
  }

  @Override
  protected StorageProvider storage() {
    return following.storage();
  }
}
