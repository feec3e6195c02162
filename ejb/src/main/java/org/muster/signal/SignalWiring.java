package org.muster.signal;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.muster.event.EventStore;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.StorageProvider;

/** Makes the services of this package. */
@Dependent
class SignalWiring {

  @Produces
  @Singleton
  ScimEvents events(ResourceTypes types, StorageProvider storage, EventStore events) {
    return new ScimEvents(types, storage, events);
  }

  @Produces
  @Singleton
  AsyncResponses responses(AsyncWrites writes) {
    return new AsyncResponses(writes::append, Clock.systemUTC());
  }
}
