package org.muster.storage.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.muster.config.Settings;
import org.muster.receiver.DeadLetters;
import org.muster.receiver.DeliveryLog;
import org.muster.receiver.Receivers;
import org.muster.receiver.memory.MemoryDeliveryLog;
import org.muster.receiver.memory.MemoryReceivers;

/** Makes what keeps receivers, where the events are. */
@Dependent
class ReceiverWiring {
  /** In the heap, one beside the other. */
  record InMemory(MemoryReceivers receivers, MemoryDeliveryLog log) {}

  @Produces
  @Singleton
  InMemory inMemory() {
    MemoryReceivers receivers = new MemoryReceivers();
    return new InMemory(receivers, new MemoryDeliveryLog(receivers));
  }

  @Produces
  @Singleton
  Receivers receivers(Settings settings, Database database, InMemory memory) {
    return switch (Backend.of(settings)) {
      case JPA -> database.receivers();
      case MEMORY -> memory.receivers();
    };
  }

  @Produces
  @Singleton
  DeliveryLog log(Settings settings, Database database, InMemory memory) {
    return switch (Backend.of(settings)) {
      case JPA -> database.deliveries();
      case MEMORY -> memory.log();
    };
  }

  @Produces
  @Singleton
  DeadLetters deadLetters(Settings settings, Database database, InMemory memory) {
    return switch (Backend.of(settings)) {
      case JPA -> database.deadLetters();
      case MEMORY -> memory.log();
    };
  }
}
