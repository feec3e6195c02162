package org.muster.rest.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.kernel.TenantId;
import org.muster.rest.error.Failure;
import org.muster.rest.exchange.Target;
import org.muster.security.Caller;
import org.muster.security.Scope;

/** Who may do what. */
class AccessTest {
  private static final Map<String, Caller> BEARERS =
      Map.of(
          "reader", caller("acme", Scope.SCIM_READ),
          "writer", caller("acme", Scope.SCIM_WRITE),
          "tenantadmin", caller("acme", Scope.TENANT_ADMIN),
          "platform", caller("acme", Scope.PLATFORM_ADMIN));
  private final List<Caller> known = new ArrayList<>();
  private final Access access =
      new Access(secret -> Optional.ofNullable(BEARERS.get(secret)), (target, caller) -> {});

  @ParameterizedTest
  @CsvSource({
    "GET,     /scim/v2/Users,           reader",
    "HEAD,    /scim/v2/Users/1,         reader",
    "OPTIONS, /scim/v2/Users,           reader",
    "GET,     /scim/v2/Groups/1/members, reader",
    "POST,    /scim/v2/Users/.search,   reader",
    "POST,    /scim/v2/.search,         reader",
    "GET,     /scim/v2/Schemas,         reader",
    "POST,    /scim/v2/Users,           writer",
    "PUT,     /scim/v2/Users/1,         writer",
    "PATCH,   /scim/v2/Users/1,         writer",
    "DELETE,  /scim/v2/Users/1,         writer",
    "POST,    /scim/v2/Bulk,            writer",
    "GET,     /scim/v2/.async/1,        writer",
    "GET,     /scim/v2,                 reader",
    "GET,     /scim/v2/Me,              reader",
    "POST,    /scim/v2/Me,              writer",
    "DELETE,  /scim/v2/Me,              writer",
    "PUT,     /scim/v2/Users/.search,   writer",
    "MOVE,    /scim/v2/Users/1,         writer",
  })
  void scimTakesTheScopeOfTheMethod(String method, String path, String allowed) {
    for (String name : Set.of("reader", "writer", "tenantadmin", "platform")) {
      if (name.equals(allowed)) {
        assertThat(admit(method, path, name)).isPresent();
        assertThat(admit(method, "/t/acme" + path, name)).isPresent();
      } else {
        assertRefused(method, path, "Bearer " + name, 403);
      }
    }
  }

  @Test
  void foreignTenantAnswersAsIfItDidNotExist() {
    assertRefused("GET", "/t/other/scim/v2/Users", "Bearer reader", 404);
    assertRefused("GET", "/t/other/scim/v2/Users", "Bearer platform", 404);
    assertRefused("DELETE", "/t/other/scim/v2/Users/1", "Bearer reader", 404);
    assertRefused("GET", "/t/ACME/scim/v2/Users", "Bearer reader", 404);
    assertRefused("GET", "/t/acm%65/scim/v2/Users", "Bearer reader", 404);
  }

  @Test
  void restoreAndPurgeTakeAnAdministrator() {
    for (String path : List.of("/scim/v2/Users/1/.restore", "/scim/v2/Users/1/.purge")) {
      assertThat(Access.scope(Target.of(path), "POST")).isEqualTo(Scope.TENANT_ADMIN);
      assertThat(Access.scope(Target.of(path), "GET")).isEqualTo(Scope.SCIM_READ);
      assertRefused("POST", path, "Bearer reader", 403);
      assertThat(admit("POST", path, "platform")).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/scim/v2/Users",
        "/scim/v2/Schemas",
        "/t/default/scim/v2/ServiceProviderConfig",
        "/scim/v2/ServiceProviderConfig/",
        "/admin/v1/tokens",
        "/storage/v1/providers",
        "/nothing"
      })
  void credentialIsNeeded(String path) {
    Failure failure = assertRefused("GET", path, null, 401);
    assertThat(failure.headers()).containsEntry("WWW-Authenticate", "Bearer realm=\"muster\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer nobody", "Bearer", "Basic cmVhZGVyOng=", "reader", "Bearer a b", ""})
  void badCredentialIsToldApart(String authorization) {
    Failure failure = assertRefused("GET", "/scim/v2/Users", authorization, 401);
    assertThat(failure.headers().get("WWW-Authenticate")).endsWith("error=\"invalid_token\"");
    assertThat(failure.detail()).doesNotContain("nobody");
  }

  @Test
  void schemeMayBeInAnyCase() {
    assertThat(access.admit(Target.of("/scim/v2/Users"), "GET", "bEARER  reader", known::add))
        .isPresent();
  }

  @Test
  void anybodyMayAskWhatTheServerCanDo() {
    String path = "/scim/v2/ServiceProviderConfig";
    assertThat(access.admit(Target.of(path), "GET", null, known::add)).isEmpty();
    assertRefused("GET", path, "Bearer nobody", 401);
    assertRefused("POST", path, null, 401);
  }

  @Test
  void openPathsTakeNoCredential() {
    assertThat(access.admit(Target.of("/"), "GET", "Bearer nobody", known::add)).isEmpty();
  }

  @Test
  void whoIsKnownIsToldBeforeARefusalButNotToAnotherTenant() {
    assertRefused("DELETE", "/t/acme/scim/v2/Me", "Bearer reader", 403);
    assertThat(known).containsExactly(BEARERS.get("reader"));
    assertRefused("GET", "/t/other/scim/v2/Me", "Bearer reader", 404);
    assertRefused("GET", "/scim/v2/Me", "Bearer nobody", 401);
    assertThat(known).hasSize(1);
  }

  private Optional<Caller> admit(String method, String path, String secret) {
    return access.admit(Target.of(path), method, "Bearer " + secret, known::add);
  }

  private Failure assertRefused(
      String method, String path, @Nullable String authorization, int status) {
    Failure[] refused = new Failure[1];
    assertThatThrownBy(() -> access.admit(Target.of(path), method, authorization, known::add))
        .isInstanceOfSatisfying(Failure.Refusal.class, e -> refused[0] = e.failure());
    assertThat(refused[0].status())
        .as("%s %s by %s", method, path, authorization)
        .isEqualTo(status);
    return refused[0];
  }

  private static Caller caller(String tenant, Scope scope) {
    return new Caller(scope.word(), new TenantId(tenant), Optional.empty(), Set.of(scope));
  }
}
