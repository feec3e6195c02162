package org.muster.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.UserTransaction;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.persistence.sessions.SessionEvent;
import org.eclipse.persistence.sessions.SessionEventAdapter;
import org.eclipse.persistence.sessions.server.ServerSession;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.muster.access.Tenant;
import org.muster.kernel.TenantId;
import org.muster.security.Authenticator;
import org.muster.security.Caller;
import org.muster.security.IssuedToken;
import org.muster.security.Scope;
import org.muster.security.TokenRequest;
import org.muster.security.Tokens;
import org.muster.tenant.TenantDirectory;
import org.muster.tenant.Tenants;

/** What is read by key with each request: without SQL, and as the database has committed it. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
class DirectoryIT {
  private static final Caller ROOT =
      new Caller("root", TenantId.DEFAULT, Optional.empty(), EnumSet.allOf(Scope.class));

  @Inject private TenantDirectory directory;
  @Inject private Tenants tenants;
  @Inject private Authenticator authenticator;
  @Inject private Tokens tokens;
  @Resource private UserTransaction transaction;

  @PersistenceContext(unitName = "muster")
  private EntityManager entities;

  @Deployment
  static EnterpriseArchive ear() {
    return TestEar.with(DirectoryIT.class, TestEar.class, Counting.class);
  }

  /** Counts the queries that the persistence unit sends. */
  static final class Counting extends SessionEventAdapter {
    final AtomicInteger queries = new AtomicInteger();

    @Override
    public void postExecuteQuery(SessionEvent event) {
      queries.incrementAndGet();
    }
  }

  private int queries(Callable<?> action) throws Exception {
    ServerSession session = entities.unwrap(ServerSession.class);
    Counting counting = new Counting();
    session.getEventManager().addListener(counting);
    try {
      transaction.begin();
      action.call();
      transaction.commit();
    } finally {
      session.getEventManager().removeListener(counting);
    }
    return counting.queries.get();
  }

  /** Timers of the server send queries too, now and then. */
  private int fewest(Callable<?> action) throws Exception {
    int fewest = Integer.MAX_VALUE;
    for (int i = 0; i < 5 && fewest > 0; i++) {
      fewest = Math.min(fewest, queries(action));
    }
    return fewest;
  }

  private TenantId tenant() {
    TenantId id = new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
    tenants.create(ROOT, JsonNodeFactory.instance.objectNode().put("id", id.value()));
    return id;
  }

  private IssuedToken token(TenantId tenant) {
    return tokens.issue(
        ROOT,
        new TokenRequest(tenant, Set.of(Scope.SCIM_READ), Optional.empty(), Optional.empty()));
  }

  private Tenant.State state(TenantId id) {
    return directory.find(id).orElseThrow().state();
  }

  @Test
  void secondFindInANewTransactionIssuesNoSql() throws Exception {
    TenantId tenant = tenant();
    String secret = token(tenant).secret();
    assertThat(queries(() -> directory.find(tenant))).isBetween(1, 5);
    assertThat(fewest(() -> directory.find(tenant))).isZero();
    assertThat(queries(() -> authenticator.authenticate(secret))).isBetween(1, 5);
    assertThat(fewest(() -> authenticator.authenticate(secret))).isZero();
  }

  @Test
  void entitiesAreCachedByNobodyElse() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(queries(() -> entities.find(Tenant.class, "default"))).isPositive();
    }
    assertThat(entities.getEntityManagerFactory().getCache().contains(Tenant.class, "default"))
        .isFalse();
  }

  @Test
  void updateIsSeenAtOnce() {
    TenantId tenant = tenant();
    assertThat(state(tenant)).isEqualTo(Tenant.State.ACTIVE);
    ObjectNode patch = JsonNodeFactory.instance.objectNode().put("state", "SUSPENDED");
    tenants.patch(ROOT, tenant.value(), tag -> true, patch);
    assertThat(state(tenant)).isEqualTo(Tenant.State.SUSPENDED);
  }

  @Test
  void deletionIsSeenAtOnce() {
    TenantId tenant = tenant();
    assertThat(directory.find(tenant)).isPresent();
    tenants.delete(ROOT, tenant.value(), tag -> true, Optional.of(tenant.value()));
    assertThat(directory.find(tenant)).isEmpty();
  }

  @Test
  void revocationIsSeenAtOnce() {
    IssuedToken token = token(tenant());
    assertThat(authenticator.authenticate(token.secret())).isPresent();
    tokens.revoke(ROOT, token.token().id());
    assertThat(authenticator.authenticate(token.secret())).isEmpty();
  }

  @Test
  void bulkRemovalOfTokensIsSeenAtOnce() {
    TenantId tenant = tenant();
    List<IssuedToken> all = List.of(token(tenant), token(tenant), token(tenant));
    IssuedToken other = token(TenantId.DEFAULT);
    all.forEach(each -> assertThat(authenticator.authenticate(each.secret())).isPresent());
    tenants.delete(ROOT, tenant.value(), tag -> true, Optional.of(tenant.value()));
    all.forEach(each -> assertThat(authenticator.authenticate(each.secret())).isEmpty());
    assertThat(authenticator.authenticate(other.secret())).isPresent();
  }

  @Test
  void whatIsRolledBackWasSeenByNobodyThoughTheSameTransactionHasLooked() throws Exception {
    TenantId tenant = tenant();
    transaction.begin();
    int rows =
        entities
            .createQuery("update Tenant t set t.state = :state where t.id = :id")
            .setParameter("state", Tenant.State.SUSPENDED)
            .setParameter("id", tenant.value())
            .executeUpdate();
    assertThat(rows).isEqualTo(1);
    assertThat(state(tenant)).isEqualTo(Tenant.State.ACTIVE);
    transaction.rollback();
    assertThat(state(tenant)).isEqualTo(Tenant.State.ACTIVE);
    assertThat(fewest(() -> directory.find(tenant))).isZero();
  }
}
