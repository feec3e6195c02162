package org.muster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.muster.access.Definition.Kind;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;
import org.muster.storage.jpa.Migrations;

/** Tenants and tokens in a database, and how its failures are told. */
class RepositoriesTest {
  private static final Instant NOW = Instant.parse("2024-02-29T12:00:00Z");

  private final JdbcDataSource database = new JdbcDataSource();
  private EntityManagerFactory factory;
  private EntityManager entities;
  private TenantRepository tenants;
  private TokenRepository tokens;
  private LeaseRepository leases;

  @BeforeEach
  void open() {
    database.setURL(
        "jdbc:h2:mem:"
            + UUID.randomUUID()
            + ";DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;QUERY_CACHE_SIZE=0");
    new Migrations(database, RepositoriesTest.class.getClassLoader()).migrate();
    factory =
        Persistence.createEntityManagerFactory(
            "muster",
            Map.of(
                "jakarta.persistence.transactionType",
                "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource",
                "",
                "jakarta.persistence.nonJtaDataSource",
                database,
                "eclipselink.weaving",
                "false"));
    entities = factory.createEntityManager();
    tenants = new TenantRepository(entities);
    tokens = new TokenRepository(entities);
    leases = new LeaseRepository(entities);
  }

  @AfterEach
  void close() {
    entities.close();
    factory.close();
  }

  @Test
  void signingKeysAreKeptByTheirNumberAndTheLatestComesFirst() {
    EventSigningKeyRepository keys = new EventSigningKeyRepository(entities);
    entities.getTransaction().begin();
    for (int number = 1; number <= 3; number++) {
      keys.insert(
          new EventSigningKey(
              number, "k" + number, new byte[] {0, (byte) number}, "{\"kty\":\"EC\"}", NOW));
    }
    entities.getTransaction().commit();
    entities.clear();
    List<EventSigningKey> all = keys.all();
    assertThat(all).extracting(EventSigningKey::number).containsExactly(3L, 2L, 1L);
    assertThat(all.get(0).kid()).isEqualTo("k3");
    assertThat(all.get(0).secret()).containsExactly(0, 3);
    assertThat(all.get(0).publicJwk()).isEqualTo("{\"kty\":\"EC\"}");
    assertThat(all.get(0).created()).isEqualTo(NOW);
    entities.getTransaction().begin();
    assertThatThrownBy(() -> keys.insert(new EventSigningKey(3, "k4", new byte[1], "{}", NOW)))
        .isInstanceOf(StorageException.class);
    entities.getTransaction().rollback();
    entities.getTransaction().begin();
    assertThat(keys.removeBelow(3)).isEqualTo(2);
    entities.getTransaction().commit();
    assertThat(keys.all()).extracting(EventSigningKey::kid).containsExactly("k3");
  }

  @Test
  void defaultTenantIsThereAndNoOther() {
    assertThat(tenants.exists(TenantId.DEFAULT)).isTrue();
    assertThat(tenants.exists(new TenantId("nobody"))).isFalse();
  }

  @Test
  void tokenIsFoundByItsHashUntilLongAfterItsRevocation() {
    AccessToken token = token(TenantId.DEFAULT);
    entities.getTransaction().begin();
    tokens.insert(token);
    assertThat(tokens.anyValid("scim.read", NOW)).isTrue();
    assertThat(tokens.revoke(token.id(), NOW)).isTrue();
    assertThat(tokens.revoke(token.id(), NOW)).isFalse();
    tokens.touch(Set.of(token.id()), NOW.plusSeconds(1));
    entities.getTransaction().commit();
    entities.clear();

    AccessToken found = tokens.byHash(token.hash()).orElseThrow();
    assertThat(found.id()).isEqualTo(token.id());
    assertThat(found.revoked()).contains(NOW);
    assertThat(found.lastUsed()).contains(NOW.plusSeconds(1));
    assertThat(tokens.anyValid("scim.read", NOW)).isFalse();
  }

  @Test
  void pageIsOfOneTenantAndBehindAnId() {
    AccessToken token = token(TenantId.DEFAULT);
    entities.getTransaction().begin();
    tokens.insert(token);
    entities.getTransaction().commit();
    assertThat(tokens.page(Optional.of(TenantId.DEFAULT), List.of(), Optional.empty(), 10))
        .extracting(AccessToken::id)
        .containsExactly(token.id());
    assertThat(tokens.page(Optional.of(new TenantId("nobody")), List.of(), Optional.empty(), 10))
        .isEmpty();
    assertThat(tokens.page(Optional.empty(), List.of(), Optional.of(token.id()), 10)).isEmpty();
  }

  @Test
  void pageLeavesOutWhatHasAnyOfSomeScopes() {
    AccessToken token = token(TenantId.DEFAULT);
    entities.getTransaction().begin();
    tokens.insert(token);
    entities.getTransaction().commit();
    for (List<String> without : List.of(List.of("scim.read"), List.of("none", "scim.read"))) {
      assertThat(tokens.page(Optional.empty(), without, Optional.empty(), 10)).isEmpty();
    }
    for (List<String> without : List.of(List.of("scim"), List.of("read", "tenant.admin"))) {
      assertThat(tokens.page(Optional.empty(), without, Optional.empty(), 10))
          .extracting(AccessToken::id)
          .containsExactly(token.id());
    }
  }

  @Test
  void tokenOfATenantThatDoesNotExistIsNotKept() {
    AccessToken token = token(new TenantId("nobody"));
    entities.getTransaction().begin();
    assertUnavailable(() -> tokens.insert(token));
    entities.getTransaction().rollback();
    assertThat(tokens.byId(token.id())).isEmpty();
  }

  @Test
  void tenantsArePagedById() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into tenant (id, state, created_ms, settings) values"
              + " ('a', 'ACTIVE', 1, '{}'), ('z', 'ACTIVE', 1, '{}')");
    }
    TenantId a = new TenantId("a");
    assertThat(tenants.ids(Optional.empty(), 2)).containsExactly(a, TenantId.DEFAULT);
    assertThat(tenants.ids(Optional.of(a), 9)).containsExactly(TenantId.DEFAULT, new TenantId("z"));
    assertThat(tenants.ids(Optional.of(new TenantId("z")), 9)).isEmpty();
  }

  @Test
  void leaseIsOfOneHolderUntilItIsOverOrGivenBack() {
    assertThat(take("one", NOW, 60)).isTrue();
    assertThat(take("two", NOW.plusSeconds(59), 60)).isFalse();
    assertThat(take("one", NOW.plusSeconds(59), 60)).as("kept for longer").isTrue();
    assertThat(take("two", NOW.plusSeconds(60), 60)).isFalse();
    assertThat(take("two", NOW.plusSeconds(119), 60)).as("it was over").isTrue();
    release("one");
    assertThat(take("one", NOW.plusSeconds(120), 60)).as("not its own").isFalse();
    release("two");
    assertThat(take("one", NOW.plusSeconds(120), 60)).isTrue();
  }

  private boolean take(String holder, Instant now, int seconds) {
    entities.getTransaction().begin();
    boolean taken = leases.take("retention", holder, now, now.plusSeconds(seconds));
    entities.getTransaction().commit();
    return taken;
  }

  private void release(String holder) {
    entities.getTransaction().begin();
    leases.release("retention", holder);
    entities.getTransaction().commit();
  }

  @Test
  void definitionsAreKeptInTheirOrderWithTheVersionOfTheirChange() {
    DefinitionRepository definitions = new DefinitionRepository(entities);
    assertThat(definitions.version(TenantId.DEFAULT)).isZero();
    entities.getTransaction().begin();
    long first = definitions.advance();
    definitions.put(definition(Kind.RESOURCE_TYPE, "Thing", 2, first, List.of("size")));
    definitions.put(definition(Kind.SCHEMA, "urn:x:Thing", 1, first, List.of()));
    definitions.version(TenantId.DEFAULT, first);
    entities.getTransaction().commit();
    entities.clear();

    assertThat(definitions.version(TenantId.DEFAULT)).isEqualTo(first);
    assertThat(definitions.changedAfter(first - 1)).isEqualTo(Map.of("default", first, "*", first));
    assertThat(definitions.changedAfter(first)).isEmpty();
    assertThat(definitions.of(TenantId.DEFAULT))
        .extracting(Definition::name)
        .containsExactly("urn:x:thing", "Thing");
    assertThat(definitions.of(new TenantId("nobody"))).isEmpty();
    assertThat(definitions.pending(NOW.plusMillis(1), 10))
        .singleElement()
        .satisfies(d -> assertThat(d.pending()).containsExactly("size"));
    assertThat(definitions.pending(NOW, 10)).isEmpty();
  }

  @Test
  void definitionIsReplacedAndRemoved() {
    DefinitionRepository definitions = new DefinitionRepository(entities);
    entities.getTransaction().begin();
    definitions.put(definition(Kind.SCHEMA, "urn:x:Thing", 1, 5, List.of("a")));
    definitions.put(definition(Kind.SCHEMA, "URN:X:THING", 1, 6, List.of()));
    entities.getTransaction().commit();
    entities.clear();
    assertThat(definitions.of(TenantId.DEFAULT))
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.version()).isEqualTo(6);
              assertThat(d.pending()).isEmpty();
            });
    entities.getTransaction().begin();
    assertThat(definitions.delete(TenantId.DEFAULT, Kind.RESOURCE_TYPE, "urn:x:thing")).isFalse();
    assertThat(definitions.delete(TenantId.DEFAULT, Kind.SCHEMA, "urn:x:Thing")).isTrue();
    entities.getTransaction().commit();
    assertThat(definitions.of(TenantId.DEFAULT)).isEmpty();
  }

  private static Definition definition(
      Kind kind, String name, long place, long version, List<String> pending) {
    return new Definition(
        TenantId.DEFAULT, kind, name, place, version, NOW, "{}", pending, List.of());
  }

  @Test
  void lossOfTheDatabaseIsToldByEachCall() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop all objects");
    }
    assertUnavailable(() -> tenants.exists(TenantId.DEFAULT));
    assertUnavailable(() -> tenants.ids(Optional.empty(), 9));
    assertUnavailable(() -> tokens.byHash(new byte[32]));
    assertUnavailable(() -> tokens.byId("x"));
    assertUnavailable(() -> tokens.page(Optional.empty(), List.of(), Optional.empty(), 10));
    assertUnavailable(() -> tokens.anyValid("scim.read", NOW));
    for (ThrowingCallable writing :
        List.<ThrowingCallable>of(
            () -> leases.take("retention", "one", NOW, NOW),
            () -> leases.release("retention", "one"),
            () -> tokens.insert(token(TenantId.DEFAULT)),
            () -> tokens.revoke("x", NOW),
            () -> tokens.touch(Set.of("x"), NOW))) {
      entities.getTransaction().begin();
      assertUnavailable(writing);
      entities.getTransaction().rollback();
    }
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(StorageException.Unavailable.class);
  }

  private static AccessToken token(TenantId tenant) {
    return new AccessToken(
        UUID.randomUUID().toString(),
        tenant,
        new byte[32],
        Set.of("scim.read"),
        Optional.empty(),
        NOW,
        Optional.empty());
  }
}
