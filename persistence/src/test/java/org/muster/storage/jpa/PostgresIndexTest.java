package org.muster.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.muster.storage.Indexed;
import org.muster.storage.Path;

/** Indexes that are built while others write. */
class PostgresIndexTest {
  private static final int MANY = 10_000;
  private final String collection = "T" + UUID.randomUUID().toString().substring(0, 8);
  private final Path single = path("size", false);
  private final Path several = path("parts", true);

  private TestDatabase database;
  private JpaStorage storage;

  @BeforeEach
  void open() {
    assumeTrue(TestDatabase.postgres().isPresent(), PostgresServer::reason);
    database = TestDatabase.postgres().orElseThrow();
    storage = database.storage(Clock.systemUTC());
  }

  @Test
  void indexIsBuiltOnceForEachKindOfPath() throws SQLException {
    for (Path path : List.of(single, several)) {
      assertThat(storage.index(collection, path, MANY)).isEqualTo(Indexed.READY);
      assertThat(storage.index(collection, path, MANY)).isEqualTo(Indexed.READY);
      assertThat(isValid(PostgresDialect.indexName(collection, path))).isTrue();
    }
  }

  @Test
  void connectionThatIsNotCommittedByItselfIsUsedAllTheSame() throws SQLException {
    try (Connection connection = database.pool.getConnection()) {
      connection.setAutoCommit(false);
      assertThat(Dialect.of(connection).index(connection, collection, single, MANY))
          .isEqualTo(Indexed.READY);
      assertThat(connection.getAutoCommit()).isFalse();
      connection.setAutoCommit(true);
    }
  }

  @Test
  void thereAreNoMoreThanAllowed() throws SQLException {
    assertThat(storage.index(collection, single, 1)).isEqualTo(Indexed.REFUSED);
    assertThat(isValid(PostgresDialect.indexName(collection, single))).isFalse();
  }

  @Test
  void indexThatAnOperatorHasDroppedIsBuiltAgain() throws SQLException {
    storage.index(collection, single, MANY);
    try (Connection connection = database.pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop index concurrently " + PostgresDialect.indexName(collection, single));
    }
    assertThat(isValid(PostgresDialect.indexName(collection, single))).isFalse();
    assertThat(storage.index(collection, single, MANY)).isEqualTo(Indexed.READY);
    assertThat(isValid(PostgresDialect.indexName(collection, single))).isTrue();
  }

  @Test
  void indexThatIsThereCountsAgainstNoLimit() {
    storage.index(collection, single, MANY);
    assertThat(storage.index(collection, single, 0)).isEqualTo(Indexed.READY);
  }

  @Test
  void onlyOneIsBuiltAtATime() throws SQLException {
    try (Connection other = database.pool.getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock(7312)");
      assertThat(storage.index(collection, single, MANY)).isEqualTo(Indexed.LATER);
      statement.execute("select pg_advisory_unlock(7312)");
    }
    assertThat(storage.index(collection, single, MANY)).isEqualTo(Indexed.READY);
  }

  private boolean isValid(String name) throws SQLException {
    try (Connection connection = database.pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select exists (select 1 from pg_index i join pg_class c on c.oid = i.indexrelid"
                    + " where i.indisvalid and c.relname = '"
                    + name
                    + "')")) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  private static Path path(String name, boolean multiValued) {
    return new Path(name, List.of(name), Path.Type.TEXT, false, multiValued, true);
  }
}
