package org.muster.audit;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.muster.feed.Feed;

/** Makes the services of this package. */
@Dependent
class AuditWiring {

  @Produces
  @Singleton
  AuditExport export(Feed feed) {
    return new AuditExport(feed);
  }
}
