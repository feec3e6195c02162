package org.muster.rest.request;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.rest.error.Failure;
import org.muster.rest.exchange.Target;
import org.muster.rest.exchange.Target.Area;
import org.muster.security.Caller;
import org.muster.security.Scope;

/** Who may do what: from credential and target to a caller, or to a refusal. */
final class Access {
  /** Who asks without a credential what the server can do. */
  static final Caller ANYBODY = new Caller("anybody", TenantId.DEFAULT, Optional.empty(), Set.of());

  private static final String CHALLENGE = "Bearer realm=\"muster\"";
  private static final String DISCOVERY = "/ServiceProviderConfig";
  private final Function<String, Optional<Caller>> bearers;
  private final BiConsumer<Target, Caller> gate;

  /**
   * Access for the bearers of secrets.
   *
   * @param bearers whose secret it is, if it is accepted
   * @param gate refuses a bearer whose tenant can't be served now
   */
  Access(Function<String, Optional<Caller>> bearers, BiConsumer<Target, Caller> gate) {
    this.bearers = bearers;
    this.gate = gate;
  }

  /**
   * The caller of an admitted request; empty if it needs none.
   *
   * @param authorization the header, or null
   * @param known hears who asks something of its own tenant, before it may be refused
   * @throws Failure.Refusal 401, 403, 429, or 404 for another tenant than the credential's
   */
  Optional<Caller> admit(
      Target target, String method, @Nullable String authorization, Consumer<Caller> known) {
    if (target.area() == Area.OPEN) {
      return Optional.empty();
    }
    if (authorization == null && isPublic(target, method)) {
      return Optional.empty();
    }
    Caller caller = authenticate(authorization);
    if (isOwnTenant(target, caller)) {
      known.accept(caller);
    }
    gate.accept(target, caller);
    if (target.area() == Area.SCIM) {
      requireTenant(target, caller);
      requireScope(target, method, caller);
    }
    return Optional.of(caller);
  }

  /** Whether the request asks what this server can do, of the tenant that everybody knows. */
  static boolean isPublic(Target target, String method) {
    return target.area() == Area.SCIM
        && target.tenant().isEmpty()
        && target.rest().equals(DISCOVERY)
        && isRead(method);
  }

  private Caller authenticate(@Nullable String authorization) {
    if (authorization == null) {
      throw unauthorized("This takes a bearer token: send \"Authorization: Bearer …\"", CHALLENGE);
    }
    return BearerToken.of(authorization).flatMap(bearers).orElseThrow(Access::invalidToken);
  }

  /** 401: the token is of no use, whatever the reason. */
  static Failure.Refusal invalidToken() {
    return unauthorized(
        "The bearer token is unknown, expired or revoked", CHALLENGE + ", error=\"invalid_token\"");
  }

  private static void requireTenant(Target target, Caller caller) {
    // A foreign tenant answers as one that does not exist, so that nobody learns which exist.
    if (!isOwnTenant(target, caller)) {
      throw new Failure.Refusal(new Failure(404, "There is no such tenant"));
    }
  }

  private static boolean isOwnTenant(Target target, Caller caller) {
    return target.tenant().map(caller.tenant().value()::equals).orElse(true);
  }

  private static void requireScope(Target target, String method, Caller caller) {
    Scope scope = scope(target, method);
    if (!caller.may(scope)) {
      throw new Failure.Refusal(
          new Failure(403, "This takes a token with the scope " + scope.word()));
    }
  }

  /** The scope that a SCIM request takes; the answer of a bulk request is for who may write. */
  static Scope scope(Target target, String method) {
    if (target.rest().startsWith("/.async/")) {
      return Scope.SCIM_WRITE;
    }
    if (isForAdministrators(target.rest(), method)) {
      return Scope.TENANT_ADMIN; // the service asks for it too, however the path is spelled
    }
    boolean search = method.equals("POST") && target.rest().endsWith("/.search");
    return search || isRead(method) ? Scope.SCIM_READ : Scope.SCIM_WRITE;
  }

  private static boolean isForAdministrators(String path, String method) {
    return method.equals("POST")
        ? path.endsWith("/.restore") || path.endsWith("/.purge") || path.endsWith("/.revert")
        : path.endsWith("/.history");
  }

  private static boolean isRead(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
  }

  private static Failure.Refusal unauthorized(String detail, String challenge) {
    return new Failure.Refusal(
        new Failure(401, Optional.empty(), detail, Map.of("WWW-Authenticate", challenge)));
  }
}
