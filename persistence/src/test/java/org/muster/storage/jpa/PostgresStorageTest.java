package org.muster.storage.jpa;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;

/** The contract, kept on PostgreSQL. */
class PostgresStorageTest extends StorageProviderContract {
  private StorageProvider storage;

  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), PostgresServer::reason);
  }

  @BeforeEach
  void open() {
    storage = TestDatabase.postgres().orElseThrow().transactional(Clock.systemUTC());
  }

  @Override
  protected StorageProvider storage() {
    return storage;
  }
}
