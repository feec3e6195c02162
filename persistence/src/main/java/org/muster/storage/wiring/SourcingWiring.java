package org.muster.storage.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongBiFunction;
import org.muster.access.TenantRepository;
import org.muster.config.Settings;
import org.muster.event.EventStore;
import org.muster.event.SnapshotStore;
import org.muster.event.document.DocumentStates;
import org.muster.event.projection.Generations;
import org.muster.event.projection.MemoryGenerations;
import org.muster.event.projection.MemoryProgress;
import org.muster.event.projection.Phase;
import org.muster.event.projection.Progress;
import org.muster.event.projection.ProjectionProgress;
import org.muster.event.projection.Projections;
import org.muster.event.projection.Unit;
import org.muster.event.projection.Verifier;
import org.muster.event.projection.Wake;
import org.muster.kernel.TenantId;
import org.muster.monitor.Provider;
import org.muster.monitor.Watch;
import org.muster.sql.Companion;
import org.muster.sql.Transactions;
import org.muster.storage.StorageProvider;
import org.muster.storage.journal.JournaledStorage;
import org.muster.storage.journal.JpaJournal;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.memory.MemoryStorage;
import org.muster.storage.metrics.MeteredStorage;
import org.muster.storage.sourced.DocumentModel;
import org.muster.storage.sourced.DocumentProjection;
import org.muster.storage.sourced.DocumentVerification;
import org.muster.storage.sourced.EventSourcedStorage;
import org.muster.storage.sourced.ModelStore;
import org.muster.storage.sourced.Serving;

/** Puts documents and events together, in one of the modes. */
@Dependent
class SourcingWiring {
  static final String JOURNAL = "muster.event.journal";
  private static final String SERVING = "serving";
  private static final int TENANTS = 1_000;

  /** Looking for more costs two small statements. */
  private static final Duration INTERVAL = Duration.ofMillis(250);

  @Produces
  @Singleton
  Generations generations(Settings settings, Database database) {
    return switch (Backend.of(settings)) {
      case JPA -> database.generations();
      case MEMORY -> new MemoryGenerations();
    };
  }

  @Produces
  @Singleton
  Sourcing sourcing(
      Settings settings,
      Database database,
      EventStore events,
      SnapshotStore snapshots,
      Generations generations,
      ProjectionProgress progress,
      StepTransactions steps,
      TenantRepository tenants,
      Watch watch) {
    boolean journal = settings.flag(JOURNAL, true);
    SourcingSettings sourcing = SourcingSettings.of(settings, journal);
    Backend backend = Backend.of(settings);
    StorageProvider store;
    ToLongBiFunction<TenantId, Integer> erasing;
    Function<TenantId, SortedMap<String, Long>> counts;
    if (backend == Backend.JPA) {
      JpaStorage documents = database.storage();
      store = documents;
      erasing = documents::eraseTold;
      counts = documents::counts;
    } else {
      MemoryStorage documents = new MemoryStorage(Clock.systemUTC());
      store = documents;
      erasing = documents::eraseTold;
      counts = documents::counts;
    }
    StorageProvider metered =
        new MeteredStorage(store, watch.over(Provider.storage(backend.word())));
    if (sourcing.mode() == SourcingSettings.Mode.JOURNALED) {
      requireFirst(generations);
      if (journal && backend == Backend.JPA) {
        Companion companion =
            new JpaJournal(events, database.events(), watch.over(Provider.events(backend.word())));
        return Sourcing.of(
            new MeteredStorage(
                database.storage().accompanied(companion),
                watch.over(Provider.storage(backend.word()))));
      }
      return Sourcing.of(journal ? new JournaledStorage(metered, events) : metered);
    }
    Supplier<List<TenantId>> all = () -> all(tenants);
    Wake wake = new Wake();
    List<Projections.Registered> registered = new ArrayList<>();
    Optional<Serving> serving =
        sourcing.serving() == SourcingSettings.Reads.MEMORY
            ? Optional.of(
                serving(
                    backend == Backend.JPA ? database.transactions() : Transactions.NONE,
                    sourcing.patience(),
                    events,
                    all,
                    wake,
                    registered))
            : Optional.empty();
    DocumentStates states = new DocumentStates(events, snapshots, sourcing.snapshotEvery());
    EventSourcedStorage sourced =
        new EventSourcedStorage(
            new ModelStore(metered, generations, all, erasing, counts),
            events,
            serving,
            states::appended);
    registered.add(
        0,
        new Projections.Registered(
            sourced.model(),
            progress,
            unit(steps),
            INTERVAL,
            Duration.ofSeconds(10),
            Optional.of(verifier(sourced::decided, events, all, inUse(counts, generations)))));
    return new Sourcing(sourced, registered, serving.map(each -> each::missed), wake);
  }

  /** What was made anew can lie where the other mode does not look. */
  private static void requireFirst(Generations generations) {
    if (generations.current() % 2 != 0) {
      throw new IllegalStateException(
          "muster.storage.mode=journaled is not allowed: the documents were made anew of the"
              + " events; with event-sourced, have "
              + DocumentModel.NAME
              + " made anew once more, then change the mode");
    }
  }

  /** A model in the heap of this node, made of all events when the node starts. */
  private static Serving serving(
      Transactions transactions,
      Duration patience,
      EventStore events,
      Supplier<List<TenantId>> tenants,
      Wake wake,
      List<Projections.Registered> registered) {
    MemoryStorage model = new MemoryStorage(Clock.systemUTC());
    ProjectionProgress progress = new MemoryProgress();
    Clock clock = Clock.systemUTC();
    Progress begun = progress.take(SERVING, true, clock.instant()).orElseThrow();
    progress.save(begun.in(Phase.REBUILDING, events.end(), clock.instant()));
    registered.add(
        new Projections.Registered(
            new DocumentProjection(SERVING, model, tenants),
            progress,
            Unit.NONE,
            INTERVAL,
            Duration.ZERO,
            Optional.of(
                verifier(() -> model, events, tenants, tenant -> model.counts(tenant).keySet()))));
    return new Serving(
        model,
        () ->
            progress
                .find(SERVING)
                .filter(now -> now.phase() == Phase.RUNNING && now.error().isEmpty())
                .map(Progress::position),
        transactions,
        wake,
        patience);
  }

  private static Verifier verifier(
      Supplier<StorageProvider> model,
      EventStore events,
      Supplier<List<TenantId>> tenants,
      Function<TenantId, Set<String>> collections) {
    return new DocumentVerification(
        model,
        () -> new MemoryStorage(Clock.systemUTC()),
        events,
        tenants,
        collections,
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  private static Function<TenantId, Set<String>> inUse(
      Function<TenantId, SortedMap<String, Long>> counts, Generations generations) {
    return tenant -> counts.apply(generations.current() % 2 == 0 ? tenant : tenant.copy()).keySet();
  }

  private static Unit unit(StepTransactions steps) {
    return new Unit() {
      @Override
      public <T> T run(Supplier<T> work) {
        return steps.run(work);
      }
    };
  }

  /** The transactions of steps, for projections of others. */
  @Produces
  @Singleton
  Unit steps(StepTransactions steps) {
    return unit(steps);
  }

  private static List<TenantId> all(TenantRepository tenants) {
    List<TenantId> all = new ArrayList<>();
    List<TenantId> page;
    do {
      Optional<TenantId> last =
          all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
      page = tenants.ids(last, TENANTS);
      all.addAll(page);
    } while (page.size() == TENANTS);
    return all;
  }
}
