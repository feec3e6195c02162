package org.muster.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.storage.Batch;
import org.muster.storage.Expression;
import org.muster.storage.Expression.Operator;
import org.muster.storage.Path;
import org.muster.storage.People;
import org.muster.storage.Query;
import org.muster.storage.Query.Position;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;

/** That PostgreSQL reads few documents where an index can tell it which. */
class PostgresPlanTest {
  private static final TenantId TENANT =
      new TenantId("p" + UUID.randomUUID().toString().substring(0, 8));
  private static final int USERS = 10_000;
  private static final int PAGE = 10;

  /** A page and what else an index yields on the way; a plan without index reads all. */
  private static final long FEW = 5 * PAGE;

  private static TestDatabase database;
  private static StorageProvider storage;

  @BeforeAll
  static void fill() throws SQLException {
    assumeTrue(TestDatabase.postgres().isPresent(), PostgresServer::reason);
    database = TestDatabase.postgres().orElseThrow();
    storage = database.transactional(Clock.systemUTC());
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new Random(1));
    for (int from = 0; from < USERS; from += 1_000) {
      Batch.Builder batch = Batch.builder(TENANT);
      for (int i : numbers.subList(from, from + 1_000)) {
        batch.add(People.put(new StorageKey(TENANT, "User", String.format("%06d", i)), json(i)));
      }
      storage.apply(batch.build());
    }
    try (Connection connection = database.pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum analyze document"); // as autovacuum would a minute later
    }
  }

  private static String json(int i) {
    String code = i % 3 == 0 ? ",'externalId':'e" + i + "'" : "";
    return "{'userName':'user"
        + i
        + "','emails':[{'value':'a"
        + i
        + "@x'},{'value':'b@y'}]"
        + code
        + "}";
  }

  @Test
  void equalityOfASingleValue() {
    assertReadsFew(eq(People.NAME, "user777"), Query.Order.BY_ID, Optional.empty(), 1);
    assertLookupReadsFew(eq(People.NAME, "user777"));
  }

  @Test
  void prefixInItsOrder() {
    assertReadsFew(
        People.compare(People.NAME, Operator.STARTS_WITH, "user12"),
        new Query.Order(People.NAME, false),
        Optional.empty(),
        PAGE);
  }

  @Test
  void pageById() {
    assertReadsFew(
        new Expression.All(), Query.Order.BY_ID, Optional.of(position(null, "005000")), PAGE);
  }

  @Test
  void pageByName() {
    Query.Order order = new Query.Order(People.NAME, false);
    assertReadsFew(new Expression.All(), order, Optional.empty(), PAGE);
    assertReadsFew(new Expression.All(), order, Optional.of(position("user777", "000777")), PAGE);
  }

  @Test
  void pageByNameBackwards() {
    Query.Order order = new Query.Order(People.NAME, true);
    assertReadsFew(new Expression.All(), order, Optional.empty(), PAGE);
    assertReadsFew(new Expression.All(), order, Optional.of(position("user777", "000777")), PAGE);
  }

  @Test
  void pageByTheFirstOfSeveralValues() {
    for (boolean descending : List.of(false, true)) {
      Query.Order order = new Query.Order(People.EMAIL, descending);
      assertReadsFew(new Expression.All(), order, Optional.empty(), PAGE);
      assertReadsFew(new Expression.All(), order, Optional.of(position("a777@x", "000777")), PAGE);
    }
  }

  @Test
  void pageOfThoseWithoutAValue() {
    Query.Order order = new Query.Order(People.CODE, true);
    assertReadsFew(new Expression.All(), order, Optional.empty(), PAGE);
    assertReadsFew(new Expression.All(), order, Optional.of(position(null, "005000")), PAGE);
  }

  @Test
  void lookupsOfSeveralTenants() {
    TenantId other = new TenantId("nobody");
    assertLookupsReadFew(
        List.of(
            Lookup.of(new StorageKey(TENANT, "User", "000777"), List.of()),
            Lookup.of(new StorageKey(other, "User", "000777"), List.of())));
    assertLookupsReadFew(
        List.of(
            Lookup.of(query(TENANT, eq(People.NAME, "user777"))).orElseThrow(),
            Lookup.of(query(other, eq(People.NAME, "user777"))).orElseThrow()));
  }

  private static Expression eq(Path path, String key) {
    return People.compare(path, Operator.EQ, key);
  }

  private static Position position(@Nullable String key, String id) {
    return new Position(Optional.ofNullable(key), id);
  }

  /** As it is outside of transactions, where searches by equality are gathered. */
  private static void assertLookupReadsFew(Expression filter) {
    assertLookupsReadFew(List.of(Lookup.of(query(TENANT, filter)).orElseThrow()));
  }

  private static Query query(TenantId tenant, Expression filter) {
    return new Query(
        tenant,
        "User",
        filter,
        Query.Order.BY_ID,
        new Query.Page.Offset(0, PAGE),
        List.of(),
        1_000);
  }

  /** The first of which finds one document, and the others none. */
  private static void assertLookupsReadFew(List<Lookup> lookups) {
    assertReadsFew(
        () -> {
          Connection connection = database.entities().unwrap(Connection.class);
          try {
            return new LookupReader(new PostgresDialect())
                .read(connection, lookups).stream()
                    .mapToInt(found -> found.orElseThrow().size())
                    .sum();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        },
        1);
  }

  private static void assertReadsFew(
      Expression filter, Query.Order order, Optional<Position> after, int found) {
    Query query =
        new Query(
            TENANT, "User", filter, order, new Query.Page.After(after, PAGE), List.of(), 1_000);
    assertReadsFew(() -> storage.query(query).items().size(), found);
  }

  private static void assertReadsFew(Supplier<Integer> reading, int found) {
    // often enough that the driver prepares on the server and the server may keep a plan
    for (int run = 0; run < 12; run++) {
      long read =
          database.inTransaction(
              () -> {
                long before = documentsRead();
                assertThat(reading.get()).isEqualTo(found);
                return documentsRead() - before;
              });
      assertThat(read).as("documents read, run %d", run).isBetween(1L, FEW);
    }
  }

  /** Of the connection, since its counts were last handed in. */
  private static long documentsRead() {
    return ((Number)
            database
                .entities()
                .createNativeQuery(
                    "select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables"
                        + " where relname = 'document'")
                .getSingleResult())
        .longValue();
  }
}
