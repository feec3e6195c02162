package org.muster.event.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.event.EventFilter;
import org.muster.event.EventStore;
import org.muster.event.EventStoreContract;
import org.muster.event.Expected;
import org.muster.event.Position;
import org.muster.event.Sealing;
import org.muster.event.StreamRead;
import org.muster.event.memory.MemoryEventStore;
import org.muster.kernel.TenantId;
import org.muster.monitor.Monitor;
import org.muster.monitor.MonitorSettings;
import org.muster.monitor.Provider;

/** The contract, kept by {@link MeteredEventStore}, and what it has counted. */
class MeteredEventStoreTest extends EventStoreContract {
  private static final Provider MEMORY = Provider.events("memory");

  private final Monitor monitor =
      new Monitor(
          new MonitorSettings(Duration.ZERO, Duration.ofMinutes(1), 5, 100, Duration.ZERO),
          provider -> (operation, outcome, nanos) -> {},
          Clock.systemUTC(),
          (level, line) -> {});
  private final EventStore store =
      new MeteredEventStore(
          new MemoryEventStore(runnable -> new Thread(runnable).start(), Sealing.NONE),
          monitor.calls(MEMORY));

  @Override
  protected EventStore store() {
    return store;
  }

  @Test
  void eachCallIsCounted() {
    append(user("1"), new Expected.None(), recorded("a"));
    store.read(StreamRead.forward(user("1"), 1, 10));
    store.after(Position.START, EventFilter.of(tenant), 10);
    store.end();
    store.drawn();
    store.streams(tenant, "User", Optional.empty(), 10);
    store.subscribe(store.end(), EventFilter.of(tenant), page -> {}).close();
    store.erase(new TenantId("gone"), 10);
    assertThat(monitor.snapshot().find(MEMORY).orElseThrow().operations().keySet())
        .containsExactlyElementsOf(
            List.of("after", "append", "drawn", "end", "erase", "read", "streams", "subscribe"));
  }
}
