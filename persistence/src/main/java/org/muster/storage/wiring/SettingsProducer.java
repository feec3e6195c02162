package org.muster.storage.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;
import org.muster.config.Settings;

/** Makes {@link Settings} of MicroProfile Config. */
@Dependent
class SettingsProducer {
  @Produces
  @Singleton
  Settings settings() {
    return new Settings(key -> ConfigProvider.getConfig().getOptionalValue(key, String.class));
  }
}
