package org.muster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;
import org.muster.storage.jpa.Migrations;

/** The rows of tenants and of those who issue tokens for them. */
class TenantRowsTest {
  private static final Instant NOW = Instant.parse("2024-02-29T12:00:00Z");
  private static final TenantId ACME = new TenantId("acme");

  private EntityManagerFactory factory;
  private EntityManager entities;
  private TenantRepository tenants;
  private TokenIssuerRepository issuers;

  @BeforeEach
  void open() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL(
        "jdbc:h2:mem:"
            + UUID.randomUUID()
            + ";DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;QUERY_CACHE_SIZE=0");
    new Migrations(database, TenantRowsTest.class.getClassLoader()).migrate();
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
    issuers = new TokenIssuerRepository(entities);
    insert(new Tenant(ACME, NOW, "{}"));
  }

  @AfterEach
  void close() {
    entities.close();
    factory.close();
  }

  @Test
  void changeIsMadeToWhatWasReadAlone() {
    Tenant read = tenants.find(ACME).orElseThrow();
    assertThat(write(() -> tenants.change(read, Tenant.State.SUSPENDED, "{\"a\":1}"))).isTrue();
    assertThat(write(() -> tenants.change(read, Tenant.State.ACTIVE, "{}"))).isFalse();
    Tenant now = tenants.find(ACME).orElseThrow();
    assertThat(now.state()).isEqualTo(Tenant.State.SUSPENDED);
    assertThat(now.settings()).isEqualTo("{\"a\":1}");
    assertThat(now.created()).isEqualTo(NOW);
    assertThat(tenants.exists(ACME)).isTrue();
  }

  @Test
  void tenantThatIsBeingDeletedDoesNotExistAndKeepsItsId() {
    Tenant read = tenants.find(ACME).orElseThrow();
    write(() -> tenants.change(read, Tenant.State.DELETING, "{}"));
    assertThat(tenants.exists(ACME)).isFalse();
    assertThat(tenants.deleting(10)).extracting(Tenant::id).containsExactly(ACME);
    assertThatThrownBy(() -> insert(new Tenant(ACME, NOW, "{}")))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void onlyWhatIsBeingDeletedIsRemovedWithItsTokensAndIssuers() {
    write(
        () -> {
          new TokenRepository(entities)
              .insert(
                  new AccessToken(
                      "t1",
                      ACME,
                      new byte[32],
                      Set.of("a"),
                      Optional.empty(),
                      NOW,
                      Optional.empty()));
          issuers.insert(issuer("1", "aud"));
          return true;
        });
    Tenant read = tenants.find(ACME).orElseThrow();
    write(() -> tenants.change(read, Tenant.State.DELETING, "{}"));
    write(
        () -> {
          tenants.remove(ACME);
          return true;
        });
    assertThat(tenants.find(ACME)).isEmpty();
    assertThat(issuers.byName("https://i")).isEmpty();
    assertThat(tenants.page(Optional.empty(), 10))
        .extracting(Tenant::id)
        .containsExactly(TenantId.DEFAULT);
  }

  @Test
  void issuerAndAudienceAreTakenOnce() {
    write(
        () -> {
          issuers.insert(issuer("1", "aud"));
          issuers.insert(issuer("2", "other"));
          return true;
        });
    assertThat(issuers.byName("https://i")).extracting(TokenIssuer::id).containsExactly("1", "2");
    assertThatThrownBy(
            () ->
                write(
                    () -> {
                      issuers.insert(issuer("3", "aud"));
                      return true;
                    }))
        .isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> write(() -> issuers.replace(issuer("2", "aud"))))
        .isInstanceOf(StorageException.class);
    assertThat(write(() -> issuers.replace(issuer("2", "third")))).isTrue();
    assertThat(issuers.byId(ACME, "2").orElseThrow().audience()).isEqualTo("third");
    assertThat(issuers.byId(TenantId.DEFAULT, "2")).isEmpty();
    assertThat(issuers.page(ACME, Optional.of("1"), 10)).hasSize(1);
    assertThat(write(() -> issuers.remove(TenantId.DEFAULT, "2"))).isFalse();
    assertThat(write(() -> issuers.remove(ACME, "2"))).isTrue();
  }

  private static TokenIssuer issuer(String id, String audience) {
    return new TokenIssuer(id, ACME, "https://i", audience, NOW, "{}");
  }

  private void insert(Tenant tenant) {
    write(
        () -> {
          tenants.insert(tenant);
          return true;
        });
  }

  private boolean write(Supplier<Boolean> work) {
    entities.getTransaction().begin();
    try {
      boolean done = work.get();
      entities.getTransaction().commit();
      return done;
    } finally {
      if (entities.getTransaction().isActive()) {
        entities.getTransaction().rollback();
      }
      entities.clear();
    }
  }
}
