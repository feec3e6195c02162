package org.muster.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.muster.directory.TestDirectory;
import org.muster.kernel.TenantId;

/** Who may issue, see and revoke which tokens. */
class TokensTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId OTHER = new TenantId("other");
  private static final Caller PLATFORM = caller(TenantId.DEFAULT, Scope.PLATFORM_ADMIN);
  private static final Caller ADMIN = caller(ACME, Scope.TENANT_ADMIN, Scope.SCIM_READ);
  private static final Caller USER = caller(ACME, Scope.SCIM_READ, Scope.SCIM_WRITE);
  private final MemoryTokenStore store = new MemoryTokenStore();
  private final Tokens tokens =
      new Tokens(
          store,
          new Authenticator(
              store,
              TestDirectory.ofSystem(),
              Optional.empty(),
              Clock.systemUTC(),
              Ticker.systemTicker()),
          Set.of(TenantId.DEFAULT, ACME, OTHER)::contains,
          Duration.ofDays(365),
          Clock.systemUTC());

  @Test
  void platformAdministratorIssuesForEveryTenant() {
    assertThat(issue(PLATFORM, OTHER, Scope.PLATFORM_ADMIN).tenant()).isEqualTo(OTHER);
  }

  @Test
  void tenantAdministratorIssuesWhatItHasWithinItsTenant() {
    assertThat(issue(ADMIN, ACME, Scope.SCIM_READ).scopes()).containsExactly(Scope.SCIM_READ);
    assertRefused(() -> issue(ADMIN, OTHER, Scope.SCIM_READ));
    assertRefused(() -> issue(ADMIN, ACME, Scope.SCIM_WRITE));
    assertRefused(() -> issue(ADMIN, ACME, Scope.PLATFORM_ADMIN));
  }

  @Test
  void tenantMustExist() {
    assertThatThrownBy(() -> issue(PLATFORM, new TenantId("nobody"), Scope.SCIM_READ))
        .isInstanceOf(Tokens.NoSuchTenant.class)
        .hasMessage("There is no tenant nobody");
    assertThat(tokens.page(PLATFORM, Optional.empty(), Optional.empty(), 10)).isEmpty();
  }

  @Test
  void whetherAnotherTenantExistsIsToldToThePlatformAlone() {
    assertRefused(() -> issue(ADMIN, new TenantId("nobody"), Scope.SCIM_READ));
  }

  @Test
  void othersIssueNothing() {
    assertRefused(() -> issue(USER, ACME, Scope.SCIM_READ));
    assertRefused(() -> tokens.page(USER, Optional.empty(), Optional.empty(), 10));
    assertRefused(() -> tokens.find(USER, "x"));
    assertRefused(() -> tokens.revoke(USER, "x"));
  }

  @Test
  void tenantAdministratorSeesItsTenantAlone() {
    Token own = issue(PLATFORM, ACME, Scope.SCIM_READ);
    Token foreign = issue(PLATFORM, OTHER, Scope.SCIM_READ);
    assertThat(tokens.page(ADMIN, Optional.empty(), Optional.empty(), 10)).containsExactly(own);
    assertThat(tokens.page(PLATFORM, Optional.empty(), Optional.empty(), 10))
        .containsExactly(own, foreign);
    assertRefused(() -> tokens.page(ADMIN, Optional.of(OTHER), Optional.empty(), 10));
    assertThat(tokens.find(ADMIN, own.id())).contains(own);
    assertThat(tokens.find(ADMIN, foreign.id())).isEmpty();
  }

  @Test
  void tokenOfAPlatformAdministratorDoesNotExistForOneOfATenant() {
    Caller admin = caller(TenantId.DEFAULT, Scope.TENANT_ADMIN, Scope.SCIM_READ);
    Token platform = issue(PLATFORM, TenantId.DEFAULT, Scope.PLATFORM_ADMIN);
    Token writer = issue(PLATFORM, TenantId.DEFAULT, Scope.SCIM_WRITE);
    Token reader = issue(PLATFORM, TenantId.DEFAULT, Scope.SCIM_READ);
    Token equal = issue(PLATFORM, TenantId.DEFAULT, Scope.TENANT_ADMIN);
    assertThat(tokens.page(admin, Optional.empty(), Optional.empty(), 10))
        .containsExactlyInAnyOrder(reader, writer, equal);
    assertThat(tokens.page(PLATFORM, Optional.empty(), Optional.empty(), 10)).hasSize(4);
    assertThat(tokens.find(admin, platform.id())).isEmpty();
    assertThat(tokens.revoke(admin, platform.id())).isFalse();
    assertThat(store.byId(platform.id()).orElseThrow().revoked()).isEmpty();
    assertThat(tokens.revoke(admin, writer.id())).isTrue();
  }

  @Test
  void foreignTokenIsNotRevoked() {
    Token foreign = issue(PLATFORM, OTHER, Scope.SCIM_READ);
    assertThat(tokens.revoke(ADMIN, foreign.id())).isFalse();
    assertThat(store.byId(foreign.id()).orElseThrow().revoked()).isEmpty();
  }

  @Test
  void revokedTokenStaysListedWithItsTime() {
    Token own = issue(PLATFORM, ACME, Scope.SCIM_READ);
    assertThat(tokens.revoke(ADMIN, own.id())).isTrue();
    List<Token> listed = tokens.page(ADMIN, Optional.empty(), Optional.empty(), 10);
    assertThat(listed).singleElement().satisfies(token -> assertThat(token.revoked()).isPresent());
  }

  @Test
  void tokenEndsAfterTheUsualTimeUnlessAnotherIsAskedFor() {
    Token usual = issue(PLATFORM, ACME, Scope.SCIM_READ);
    assertThat(usual.expires()).contains(usual.created().plus(Duration.ofDays(365)));
    assertThat(store.byId(usual.id()).orElseThrow().expires()).isEqualTo(usual.expires());
    Duration day = Duration.ofDays(1);
    Token own =
        tokens
            .issue(
                PLATFORM,
                new TokenRequest(ACME, Set.of(Scope.SCIM_READ), Optional.of(day), Optional.empty()))
            .token();
    assertThat(own.expires()).contains(own.created().plus(day));
  }

  @Test
  void secretIsShownByNothing() {
    IssuedToken issued =
        tokens.issue(
            PLATFORM,
            new TokenRequest(ACME, Set.of(Scope.SCIM_READ), Optional.empty(), Optional.empty()));
    assertThat(issued.toString()).doesNotContain(issued.secret());
    assertThat(issued.token().toString()).doesNotContain(issued.secret());
  }

  private Token issue(Caller caller, TenantId tenant, Scope scope) {
    return tokens
        .issue(caller, new TokenRequest(tenant, Set.of(scope), Optional.empty(), Optional.empty()))
        .token();
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(Tokens.Refused.class);
  }

  private static Caller caller(TenantId tenant, Scope... scopes) {
    return new Caller("c", tenant, Optional.empty(), Set.of(scopes));
  }
}
