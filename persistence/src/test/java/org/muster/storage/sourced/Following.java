package org.muster.storage.sourced;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongBiFunction;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.projection.Generations;
import org.muster.event.projection.MemoryProgress;
import org.muster.event.projection.Progress;
import org.muster.event.projection.Projections;
import org.muster.event.projection.Unit;
import org.muster.event.projection.Wake;
import org.muster.kernel.TenantId;
import org.muster.sql.Transactions;
import org.muster.storage.StorageProvider;
import org.muster.storage.memory.MemoryStorage;

/** A store that is read from a model in the heap which follows its events, as it is wired. */
final class Following implements AutoCloseable {
  private final Projections projections;
  private final Serving serving;
  private final EventSourcedStorage storage;

  Following(
      StorageProvider store,
      EventStore events,
      Generations generations,
      ToLongBiFunction<TenantId, Integer> erasing,
      Transactions transactions,
      Position from) {
    MemoryStorage model = new MemoryStorage(Clock.systemUTC());
    MemoryProgress progress = new MemoryProgress();
    Wake wake = new Wake();
    Clock clock = Clock.systemUTC();
    Progress begun = progress.take("serving", true, clock.instant()).orElseThrow();
    progress.save(begun.at(from, 0, clock.instant()));
    projections =
        new Projections(
            events,
            List.of(
                new Projections.Registered(
                    new DocumentProjection("serving", model, List::of),
                    progress,
                    Unit.NONE,
                    Duration.ofMillis(250),
                    Duration.ZERO,
                    Optional.empty())),
            clock);
    wake.set(projections::wake);
    serving =
        new Serving(
            model,
            () -> progress.find("serving").map(Progress::position),
            transactions,
            wake,
            Duration.ofSeconds(20));
    storage =
        new EventSourcedStorage(
            new ModelStore(
                store, generations, List::of, erasing, tenant -> new java.util.TreeMap<>()),
            events,
            Optional.of(serving),
            appended -> {});
    projections.start(
        runnable -> {
          Thread thread = new Thread(runnable, "serving");
          thread.setDaemon(true);
          thread.start();
        });
  }

  EventSourcedStorage storage() {
    return storage;
  }

  /** How many reads were not served by the model. */
  long missed() {
    return serving.missed();
  }

  @Override
  public void close() {
    projections.close();
  }
}
