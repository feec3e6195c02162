package org.muster.storage;

import org.junit.jupiter.api.Nested;

/**
 * What every document back end, and every decorator over one, must do. A back end's test extends
 * this and supplies the provider; each call on it may run in a transaction of its own. One provider
 * may serve all tests: each has a tenant of its own.
 */
public abstract class StorageProviderContract {

  /** The provider under test. */
  protected abstract StorageProvider storage();

  @Nested
  class Documents extends DocumentContract {
    @Override
    StorageProvider provider() {
      return storage();
    }
  }

  @Nested
  class Claims extends ClaimContract {
    @Override
    StorageProvider provider() {
      return storage();
    }
  }

  @Nested
  class Links extends LinkContract {
    @Override
    StorageProvider provider() {
      return storage();
    }
  }

  @Nested
  class Deletes extends DeleteContract {
    @Override
    StorageProvider provider() {
      return storage();
    }
  }

  @Nested
  class Effects extends EffectContract {
    @Override
    StorageProvider provider() {
      return storage();
    }
  }

  @Nested
  class Restores extends RestoreContract {
    @Override
    StorageProvider provider() {
      return storage();
    }
  }

  @Nested
  class AsOf extends AsOfContract {
    @Override
    StorageProvider provider() {
      return storage();
    }
  }

  @Nested
  class Erasing extends EraseContract {
    @Override
    StorageProvider provider() {
      return storage();
    }
  }

  @Nested
  class Filters extends FilterContract {
    @Override
    StorageProvider provider() {
      return storage();
    }
  }

  @Nested
  class Pages extends PageContract {
    @Override
    StorageProvider provider() {
      return storage();
    }
  }

  @Nested
  class LargePages extends LargePageContract {
    @Override
    StorageProvider provider() {
      return storage();
    }
  }

  @Nested
  class HostileText extends HostileTextContract {
    @Override
    StorageProvider provider() {
      return storage();
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    @Override
    StorageProvider provider() {
      return storage();
    }
  }
}
