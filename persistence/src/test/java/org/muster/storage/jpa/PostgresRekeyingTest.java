package org.muster.storage.jpa;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;

/** On PostgreSQL. */
class PostgresRekeyingTest extends RekeyingContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), PostgresServer::reason);
  }

  @Override
  TestDatabase database() {
    return TestDatabase.postgres().orElseThrow();
  }

  @Override
  String forgetWhichLeads() {
    return "update document set keys = jsonb_set(keys, '{emails.value}',"
        + " (select jsonb_agg(e order by e) from jsonb_array_elements(keys->'emails.value') e))"
        + " where tenant = '%s' and deleted_ms is null";
  }
}
