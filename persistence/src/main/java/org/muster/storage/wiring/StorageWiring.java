package org.muster.storage.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.muster.config.Settings;
import org.muster.event.Checkpoints;
import org.muster.event.EventStore;
import org.muster.event.document.StateStore;
import org.muster.event.memory.MemoryCheckpoints;
import org.muster.event.memory.MemoryEventStore;
import org.muster.event.seal.KeyedSealing;
import org.muster.event.seal.SubjectKeys;
import org.muster.storage.StorageProvider;
import org.muster.storage.journal.JournaledStorage;
import org.muster.storage.memory.MemoryStorage;
import org.muster.storage.metrics.MeteredStorage;
import org.muster.storage.metrics.RegisteredTimes;

/** The one place that knows the chain of decorators, outermost first. */
@Dependent
class StorageWiring {
  private static final String JOURNAL = "muster.event.journal";

  @Produces
  @Singleton
  StorageProvider storage(
      Settings settings, Database database, EventStore events, MetricRegistry metrics) {
    Backend backend = Backend.of(settings);
    StorageProvider chosen =
        new MeteredStorage(
            switch (backend) {
              case JPA -> database.storage();
              case MEMORY -> new MemoryStorage(Clock.systemUTC());
            },
            new RegisteredTimes(metrics, backend.word()));
    return settings.flag(JOURNAL, true) ? new JournaledStorage(chosen, events) : chosen;
  }

  /** Where the back end is, so that a change and its event are one transaction. */
  @Produces
  @Singleton
  EventStore events(Settings settings, Database database, SubjectKeys keys) {
    return switch (Backend.of(settings)) {
      case JPA -> database.events();
      case MEMORY ->
          new MemoryEventStore(
              database::start, new KeyedSealing(keys, SealingSettings.seals(settings)));
    };
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
