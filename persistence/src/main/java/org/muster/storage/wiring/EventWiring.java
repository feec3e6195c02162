package org.muster.storage.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.muster.config.Settings;
import org.muster.event.SnapshotStore;
import org.muster.event.memory.MemorySnapshotStore;
import org.muster.event.memory.MemorySubjectKeys;
import org.muster.event.projection.MemoryProgress;
import org.muster.event.projection.ProjectionProgress;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.KeyedSealing;
import org.muster.event.seal.SubjectKeys;

/** Makes what events are sealed with, and what is made of them, beside the chosen back end. */
@Dependent
class EventWiring {

  @Produces
  @Singleton
  SubjectKeys keys(Settings settings, Database database) {
    return switch (Backend.of(settings)) {
      case JPA -> database.keys();
      case MEMORY -> new MemorySubjectKeys();
    };
  }

  /** Where the events are, so that a page and its progress can be one transaction. */
  @Produces
  @Singleton
  ProjectionProgress progress(Settings settings, Database database) {
    return switch (Backend.of(settings)) {
      case JPA -> database.progress();
      case MEMORY -> new MemoryProgress();
    };
  }

  /** How secrets of the server are stored. */
  @Produces
  @Singleton
  KeyWrapping wrapping(Settings settings) {
    return SealingSettings.wrapping(settings);
  }

  @Produces
  @Singleton
  SnapshotStore snapshots(Settings settings, Database database, SubjectKeys keys) {
    return switch (Backend.of(settings)) {
      case JPA -> database.snapshots();
      case MEMORY ->
          new MemorySnapshotStore(new KeyedSealing(keys, SealingSettings.seals(settings)));
    };
  }
}
