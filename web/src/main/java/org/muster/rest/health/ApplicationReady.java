package org.muster.rest.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.muster.cluster.LiveNodes;

/**
 * Started: the migrations are done and every start-up observer is through. Says how many nodes use
 * the database.
 */
@Startup
@Readiness
@ApplicationScoped
public class ApplicationReady implements HealthCheck {
  @Inject private org.muster.operations.Readiness readiness;
  @Inject private Instance<LiveNodes> nodes;

  @Override
  public HealthCheckResponse call() {
    boolean ready = readiness.isReady();
    HealthCheckResponseBuilder response = HealthCheckResponse.named("application").status(ready);
    return ready
        ? response.withData("nodes", 1L + nodes.get().others().size()).build()
        : response.build();
  }
}
