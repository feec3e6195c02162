package org.muster.storage.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.muster.config.Settings;
import org.muster.event.EventStore;
import org.muster.projection.ActivityProjection;
import org.muster.projection.ActivityStore;
import org.muster.projection.RootsProjection;
import org.muster.projection.memory.MemoryActivityStore;
import org.muster.state.Roots;
import org.muster.state.memory.MemoryNodes;

/** Makes the read models, where the events are, so that a page and its progress are one. */
@Dependent
class ProjectionWiring {

  @Produces
  @Singleton
  Roots roots(Settings settings, Database database) {
    return new Roots(
        switch (Backend.of(settings)) {
          case JPA -> database.nodes();
          case MEMORY -> new MemoryNodes();
        });
  }

  @Produces
  @Singleton
  ActivityStore activity(Settings settings, Database database) {
    return switch (Backend.of(settings)) {
      case JPA -> database.activity();
      case MEMORY -> new MemoryActivityStore();
    };
  }

  @Produces
  @Singleton
  RootsProjection rootsProjection(Roots roots, EventStore events) {
    return new RootsProjection(roots, events);
  }

  @Produces
  @Singleton
  ActivityProjection activityProjection(ActivityStore store, EventStore events) {
    return new ActivityProjection(store, events);
  }
}
