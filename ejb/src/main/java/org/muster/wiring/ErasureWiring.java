package org.muster.wiring;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.muster.config.Settings;
import org.muster.erasure.ErasingTransaction;
import org.muster.erasure.Erasure;
import org.muster.event.seal.SubjectKeys;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.StorageProvider;
import org.muster.storage.WriteBehind;
import org.muster.storage.wiring.SealingSettings;

/** Makes what erases subjects. */
@Dependent
class ErasureWiring {

  @Produces
  @Singleton
  Erasure erasure(
      StorageProvider storage,
      ResourceTypes types,
      SubjectKeys keys,
      Settings settings,
      ErasingTransaction transaction,
      WriteBehind behind) {
    return new Erasure(
        storage,
        types,
        keys,
        (subject, origin) -> {
          try {
            transaction.erase(subject, origin);
          } catch (EJBException e) {
            throw ContainerCommits.translated(e);
          }
        },
        behind::forget,
        SealingSettings.seals(settings));
  }
}
