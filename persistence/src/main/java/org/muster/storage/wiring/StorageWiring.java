package org.muster.storage.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.function.IntSupplier;
import org.muster.access.TenantRepository;
import org.muster.cache.config.Caches;
import org.muster.config.Settings;
import org.muster.event.Checkpoints;
import org.muster.event.EventStore;
import org.muster.event.Recorded;
import org.muster.event.Upcaster;
import org.muster.event.UpcastingEventStore;
import org.muster.event.document.StateStore;
import org.muster.event.memory.MemoryCheckpoints;
import org.muster.event.memory.MemoryEventStore;
import org.muster.event.metrics.MeteredEventStore;
import org.muster.event.projection.Generations;
import org.muster.event.projection.Unit;
import org.muster.event.seal.KeyedSealing;
import org.muster.event.seal.SubjectKeys;
import org.muster.monitor.Calls;
import org.muster.monitor.Provider;
import org.muster.monitor.Watch;
import org.muster.sql.Transactions;
import org.muster.storage.NoWriteBehind;
import org.muster.storage.StorageProvider;
import org.muster.storage.WriteBehind;
import org.muster.storage.behind.Behind;
import org.muster.storage.behind.BehindStorage;
import org.muster.storage.memory.MemoryStorage;
import org.muster.storage.metrics.MeteredStorage;

/** Chooses the stores of documents and events. */
@Dependent
class StorageWiring {
  private static final Logger LOG = System.getLogger(StorageWiring.class.getName());

  /** From older forms of contents; there are none yet. */
  private static final List<Upcaster> UPCASTERS = List.of();

  @Produces
  @Singleton
  StorageProvider storage(StoreChain chain) {
    return chain.storage();
  }

  @Produces
  @Singleton
  WriteBehind behind(StoreChain chain) {
    return chain.behind();
  }

  void end(@Disposes WriteBehind behind) {
    behind.stop();
  }

  @Produces
  @Singleton
  StoreChain chain(
      Sourcing sourcing,
      DocumentCache cache,
      Settings settings,
      Database database,
      EventStore events,
      Generations generations,
      Unit unit,
      TenantRepository tenants,
      Watch watch) {
    IntSupplier epoch = isEventSourced(settings) ? generations::current : () -> 0;
    Transactions transactions =
        Backend.of(settings) == Backend.JPA ? database.transactions() : Transactions.NONE;
    StorageProvider cached = cache.over(sourcing.storage(), transactions, epoch);
    Calls calls = watch.over(Provider.storage(Provider.CHAIN));
    if (cache.behind().isEmpty()) {
      return new StoreChain(new MeteredStorage(cached, calls), new NoWriteBehind());
    }
    BehindOptions options = cache.behind().get();
    Behind behind =
        new Behind(
            options.folder(),
            options.settings(),
            new Behind.Surroundings(
                cached,
                unit,
                database.storage()::reserve,
                events,
                (tenant, time) ->
                    tenants.find(tenant).filter(found -> SameTenant.is(found, time)).isPresent(),
                watch.over(Provider.storage(Provider.BEHIND)),
                Clock.systemUTC()));
    LOG.log(
        Level.INFO,
        "Writes of {0} are acknowledged when the log in {1} has them",
        String.join(", ", options.collections()),
        options.folder());
    return new StoreChain(
        new MeteredStorage(new BehindStorage(cached, transactions, behind), calls), behind);
  }

  /** None where documents are in the heap; a model there follows later than a cache could tell. */
  @Produces
  @Singleton
  DocumentCache documentCache(Settings settings, Caches caches) {
    return Backend.of(settings) == Backend.MEMORY || sourcing(settings).isServedFromMemory()
        ? DocumentCache.none(settings)
        : DocumentCache.of(caches, settings);
  }

  private static boolean isEventSourced(Settings settings) {
    return sourcing(settings).mode() == SourcingSettings.Mode.EVENT_SOURCED;
  }

  private static SourcingSettings sourcing(Settings settings) {
    return SourcingSettings.of(settings, settings.flag(SourcingWiring.JOURNAL, true));
  }

  /** Where the back end is, so that a change and its event are one transaction. */
  @Produces
  @Singleton
  EventStore events(Settings settings, Database database, SubjectKeys keys, Watch watch) {
    Backend backend = Backend.of(settings);
    EventStore stored =
        switch (backend) {
          case JPA -> database.events();
          case MEMORY ->
              new MemoryEventStore(
                  database::start, new KeyedSealing(keys, SealingSettings.seals(settings)));
        };
    EventStore metered = new MeteredEventStore(stored, watch.over(Provider.events(backend.word())));
    return new UpcastingEventStore(metered, UPCASTERS, Recorded.FORM);
  }

  /** Where the events are, so that a consumer's work and its progress can be one transaction. */
  @Produces
  @Singleton
  Checkpoints checkpoints(Settings settings, Database database, EventStore events) {
    return switch (Backend.of(settings)) {
      case JPA -> database.checkpoints();
      case MEMORY -> new MemoryCheckpoints(events);
    };
  }

  /** States of the past are looked at in the heap, whatever the back end. */
  @Produces
  @Singleton
  StateStore states() {
    return MemoryStorage::holding;
  }
}
