package org.muster.rest.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.muster.storage.Health;
import org.muster.storage.StorageProvider;

/**
 * Ready: the storage answers, so that requests can be served. It is not touched before the start is
 * through: the server asks while it deploys, on a thread on which nothing of the container can be
 * injected, and what was made there would stay without it.
 */
@Readiness
@ApplicationScoped
public class StorageReady implements HealthCheck {
  @Inject private org.muster.operations.Readiness readiness;
  @Inject private Instance<StorageProvider> storage;

  @Override
  public HealthCheckResponse call() {
    Health health =
        readiness.isReady() ? storage.get().health() : new Health(false, "The server is starting");
    return HealthCheckResponse.named("storage")
        .status(health.up())
        .withData("detail", health.detail())
        .build();
  }
}
