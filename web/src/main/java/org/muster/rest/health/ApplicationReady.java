package org.muster.rest.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started: the migrations are done and every start-up observer is through. */
@Startup
@Readiness
@ApplicationScoped
public class ApplicationReady implements HealthCheck {
  @Inject private org.muster.operations.Readiness readiness;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("application").status(readiness.isReady()).build();
  }
}
