package org.muster.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.storage.Buried;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.TombstoneQuery;

/** On H2, and from the schema of before. */
class H2RekeyingTest extends RekeyingContract {
  @Override
  TestDatabase database() {
    return TestDatabase.h2();
  }

  @Override
  String forgetWhichLeads() {
    return "update search_key set leads = true where tenant = '%s'";
  }

  @Test
  void databaseOfBeforeIsMigrated() throws SQLException {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(
        "jdbc:h2:mem:"
            + UUID.randomUUID()
            + ";DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
            + "DEFAULT_NULL_ORDERING=HIGH;QUERY_CACHE_SIZE=0");
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration/h2")
        .target("2")
        .load()
        .migrate();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into document (tenant, collection, id, version, created_ms, modified_ms, label,"
              + " body, deleted_ms, deleted_by) values"
              + " ('default', 'User', 'a', 1, 1, 1, '', '{}', null, null),"
              + " ('default', 'User', 'b', 2, 1, 2, '', null, 2, 'admin')");
      statement.execute(
          "insert into search_key values ('default', 'User', 'a', 'emails.value', 'a'),"
              + " ('default', 'User', 'a', 'emails.value', 'b'),"
              + " ('default', 'User', 'a', 'userName', 'c')");
    }
    TestDatabase database = new TestDatabase(source);
    StorageProvider storage = database.transactional(Clock.systemUTC());
    StorageKey old = new StorageKey(TenantId.DEFAULT, "User", "b");
    Buried buried = storage.buried(old).orElseThrow();
    assertThat(buried.document()).isEmpty();
    assertThat(storage.tombstones(new TombstoneQuery.Oldest(TenantId.DEFAULT, 9)))
        .isEqualTo(List.of(buried.tombstone()));
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from search_key")) {
      rows.next();
      assertThat(rows.getInt(1)).as("keys of a document without values").isZero();
    }
  }
}
