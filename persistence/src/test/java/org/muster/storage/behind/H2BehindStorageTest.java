package org.muster.storage.behind;

import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.TestDatabase;

/** The contract, with writes that are pending in front of H2. */
class H2BehindStorageTest extends BehindContract {
  @Override
  protected StorageProvider storage() {
    return made(() -> over(TestDatabase.h2()));
  }
}
