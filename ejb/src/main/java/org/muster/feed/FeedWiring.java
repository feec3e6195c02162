package org.muster.feed;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.Function;
import org.muster.config.Settings;
import org.muster.event.Checkpoints;
import org.muster.event.EventStore;
import org.muster.scim.schema.ResourceTypes;
import org.muster.tenant.TenantDirectory;

/** Makes the services of this package. */
@Dependent
class FeedWiring {

  @Produces
  @Singleton
  Feed feed(EventStore events) {
    return new Feed(events);
  }

  @Produces
  @Singleton
  EventJson json(ResourceTypes types) {
    return new EventJson(types);
  }

  @Produces
  @Singleton
  StreamHistory history(EventStore events) {
    return new StreamHistory(events);
  }

  @Produces
  @Singleton
  FeedAccess access(TenantDirectory tenants) {
    return new FeedAccess(tenant -> tenants.find(tenant).isPresent());
  }

  @Produces
  @Singleton
  Streams streams(Settings settings) {
    return new Streams(FeedSettings.of(settings));
  }

  @Produces
  @Singleton
  Consumers consumers(Checkpoints checkpoints, CheckpointWrites writes) {
    Consumers.Writes transactions =
        new Consumers.Writes() {
          @Override
          public <T> T write(Function<Checkpoints, T> change) {
            return writes.write(change);
          }
        };
    return new Consumers(checkpoints, transactions, Clock.systemUTC());
  }
}
