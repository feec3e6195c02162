package org.muster.rest.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.muster.storage.Health;
import org.muster.storage.StorageProvider;

/** Ready: the storage answers, so that requests can be served. */
@Readiness
@ApplicationScoped
public class StorageReady implements HealthCheck {
  @Inject private StorageProvider storage;

  @Override
  public HealthCheckResponse call() {
    Health health = storage.health();
    return HealthCheckResponse.named("storage")
        .status(health.up())
        .withData("detail", health.detail())
        .build();
  }
}
