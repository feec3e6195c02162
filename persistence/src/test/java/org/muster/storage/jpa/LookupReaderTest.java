package org.muster.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.Expression.Operator;
import org.muster.storage.LinkSelector;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.People;
import org.muster.storage.Query;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/** That lookups which are answered together get what each would get alone. */
class LookupReaderTest {
  private static final TenantId TENANT =
      new TenantId("l" + UUID.randomUUID().toString().substring(0, 8));
  private static final TenantId OTHER =
      new TenantId("m" + UUID.randomUUID().toString().substring(0, 8));
  private static final List<LinkSelector> EXPAND =
      List.of(
          new LinkSelector("members", Direction.IN, true),
          new LinkSelector("manager", Direction.OUT, false));
  private static final int USERS = 40;

  private static TestDatabase database;
  private static StorageProvider storage;

  @BeforeAll
  static void fill() {
    assumeTrue(TestDatabase.postgres().isPresent(), PostgresServer::reason);
    database = TestDatabase.postgres().orElseThrow();
    storage = database.transactional(Clock.systemUTC());
    fill(TENANT);
    fill(OTHER);
    Batch.Builder batch = Batch.builder(OTHER); // in which groups are in groups otherwise
    batch.add(new Change.AddLinks(group(OTHER, 4), "members", List.of(group(OTHER, 1))));
    batch.add(new Change.AddLinks(group(OTHER, 2), "members", List.of(user(OTHER, 0))));
    storage.apply(batch.build());
  }

  private static void fill(TenantId tenant) {
    Batch.Builder batch = Batch.builder(tenant);
    for (int i = 0; i < USERS; i++) {
      batch.add(
          People.put(
              user(tenant, i),
              "{'userName':'user" + i / 2 + "','emails':[{'value':'u" + i + "@x'}]}"));
    }
    for (int i = 0; i < 5; i++) {
      batch.add(People.put(group(tenant, i), "{'userName':'group" + i + "'}"));
    }
    for (int i = 0; i < USERS; i++) {
      batch.add(new Change.AddLinks(group(tenant, i % 3), "members", List.of(user(tenant, i))));
      if (i > 0 && i % 4 == 0) {
        batch.add(new Change.AddLinks(user(tenant, i), "manager", List.of(user(tenant, 0))));
      }
    }
    batch.add(new Change.AddLinks(group(tenant, 3), "members", List.of(group(tenant, 0))));
    batch.add(new Change.AddLinks(group(tenant, 4), "members", List.of(group(tenant, 3))));
    storage.apply(batch.build());
  }

  private static StorageKey user(int number) {
    return user(TENANT, number);
  }

  private static StorageKey user(TenantId tenant, int number) {
    return new StorageKey(tenant, "User", "u" + number);
  }

  private static StorageKey group(TenantId tenant, int number) {
    return new StorageKey(tenant, "Group", "g" + number);
  }

  private static List<List<Stored>> together(List<Lookup> lookups) throws SQLException {
    try (Connection connection = database.pool.getConnection()) {
      return new LookupReader(new PostgresDialect())
          .read(connection, lookups).stream().map(Optional::orElseThrow).toList();
    }
  }

  private static Lookup byName(String name, int limit) {
    return byName(TENANT, name, limit);
  }

  private static Lookup byName(TenantId tenant, String name, int limit) {
    Query query =
        new Query(
            tenant,
            "User",
            People.compare(People.NAME, Operator.EQ, name),
            Query.Order.BY_ID,
            new Query.Page.Offset(0, limit),
            EXPAND,
            1_000);
    return Lookup.of(query).orElseThrow();
  }

  @Test
  void readsByIdAreWhatEachWouldBeAlone() throws SQLException {
    List<StorageKey> keys =
        List.of(
            user(3), user(0), new StorageKey(TENANT, "User", "nobody"), user(3), user(8), user(39));
    List<List<Stored>> found = together(keys.stream().map(key -> Lookup.of(key, EXPAND)).toList());
    assertThat(found).hasSameSizeAs(keys);
    for (int i = 0; i < keys.size(); i++) {
      StorageKey key = keys.get(i);
      List<Stored> alone = database.inTransaction(() -> storage.get(key, EXPAND).stream().toList());
      assertThat(found.get(i)).as("%s", key).isEqualTo(alone);
    }
    assertThat(found.get(0).get(0).links())
        .as("over groups of groups")
        .extracting(link -> link.other().id() + link.direct())
        .containsExactly("g0true", "g3false", "g4false");
  }

  @Test
  void searchesByEqualityAreInOrderAndWithinTheirLimit() throws SQLException {
    List<List<Stored>> found =
        together(List.of(byName("user4", 10), byName("absent", 10), byName("user7", 10)));
    assertThat(found)
        .extracting(documents -> documents.stream().map(stored -> stored.key().id()).toList())
        .containsExactly(List.of("u8", "u9"), List.of(), List.of("u14", "u15"));
    assertThat(found.get(0).get(0).links())
        .extracting(link -> link.other().id())
        .containsExactly("g2", "u0");
    List<List<Stored>> first = together(List.of(byName("user4", 1), byName("user7", 1)));
    assertThat(first).allSatisfy(documents -> assertThat(documents).hasSize(2));
    assertThat(byName("user4", 1).page(first.get(0)).items()).hasSize(1);
    assertThat(byName("user4", 1).page(first.get(0)).next().orElseThrow().id()).isEqualTo("u8");
  }

  @Test
  void eachTenantGetsItsOwnThoughTheIdsAreTheSame() throws SQLException {
    List<StorageKey> keys = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      keys.add(user(i % 2 == 0 ? TENANT : OTHER, i / 2));
    }
    keys.add(new StorageKey(new TenantId("nobody"), "User", "u1"));
    List<List<Stored>> found = together(keys.stream().map(key -> Lookup.of(key, EXPAND)).toList());
    for (int i = 0; i < keys.size(); i++) {
      StorageKey key = keys.get(i);
      List<Stored> alone = database.inTransaction(() -> storage.get(key, EXPAND).stream().toList());
      assertThat(found.get(i)).as("%s", key).isEqualTo(alone);
    }
    assertThat(found.get(10)).isEmpty();
    assertThat(groups(found.get(0))).containsExactly("g0true", "g3false", "g4false");
    assertThat(groups(found.get(1))).containsExactly("g0true", "g2true", "g3false", "g4false");
    assertThat(groups(found.get(2))).containsExactly("g1true");
    assertThat(groups(found.get(3))).containsExactly("g1true", "g4false");
  }

  @Test
  void searchesOfSeveralTenantsFindTheirOwn() throws SQLException {
    List<List<Stored>> found =
        together(
            List.of(
                byName("user4", 10),
                byName(OTHER, "user4", 10),
                byName(OTHER, "absent", 10),
                byName("user7", 10)));
    assertThat(found)
        .extracting(
            documents ->
                documents.stream()
                    .map(stored -> stored.key().tenant() + stored.key().id())
                    .toList())
        .containsExactly(
            List.of(TENANT + "u8", TENANT + "u9"),
            List.of(OTHER + "u8", OTHER + "u9"),
            List.of(),
            List.of(TENANT + "u14", TENANT + "u15"));
  }

  private static List<String> groups(List<Stored> documents) {
    return documents.get(0).links().stream()
        .filter(link -> link.other().collection().equals("Group"))
        .map(link -> link.other().id() + link.direct())
        .toList();
  }

  @Test
  void manyThreadsGetEachItsOwn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int thread = 0; thread < 16; thread++) {
        int first = thread;
        Callable<Boolean> reader =
            () -> {
              for (int i = 0; i < 200; i++) {
                TenantId tenant = i % 3 == 0 ? OTHER : TENANT;
                StorageKey key = user(tenant, (first + i) % USERS);
                Stored stored = storage.get(key, EXPAND).orElseThrow();
                assertThat(stored.key()).isEqualTo(key);
                assertThat(stored.links()).isNotEmpty();
                String name = "user" + i % (USERS / 2);
                assertThat(storage.query(query(name)).items())
                    .hasSize(2)
                    .allSatisfy(
                        found ->
                            assertThat(found.document().tree().path("userName").asText())
                                .isEqualTo(name));
              }
              return true;
            };
        answers.add(threads.submit(reader));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Query query(String name) {
    return new Query(
        TENANT,
        "User",
        People.compare(People.NAME, Operator.EQ, name),
        Query.Order.BY_ID,
        new Query.Page.Offset(0, 100),
        List.of(),
        1_000);
  }
}
