package org.muster.security.jwt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.security.Caller;
import org.muster.security.Reach;
import org.muster.storage.StorageException;

/**
 * Who issues tokens for which tenant. An administrator of the platform says so; one of a tenant
 * sees those of its own. An issuer with an audience is of one tenant, since a token names its
 * tenant by these two alone. Thread-safe.
 */
public final class Issuers {
  private static final int OF_A_TENANT_MOST = 50;

  private final IssuerStore store;
  private final JwtAuthenticator authenticator;
  private final Predicate<TenantId> tenants;
  private final IssuerJson json;
  private final Clock clock;

  /**
   * The issuers of a store.
   *
   * @param tenants whether there is such a tenant
   */
  Issuers(
      IssuerStore store,
      JwtAuthenticator authenticator,
      Predicate<TenantId> tenants,
      IssuerJson json,
      Clock clock) {
    this.store = store;
    this.authenticator = authenticator;
    this.tenants = tenants;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Makes an issuer known; its tokens are accepted at once.
   *
   * @throws ScimException 400 if the body is wrong, 403, 404, 409 if issuer and audience are taken
   */
  public Issuer add(Caller caller, String tenant, ObjectNode body) {
    TenantId id = changeable(caller, tenant);
    if (store.page(id, Optional.empty(), OF_A_TENANT_MOST).size() == OF_A_TENANT_MOST) {
      throw new ScimException(409, "A tenant can have " + OF_A_TENANT_MOST + " issuers at most");
    }
    Issuer issuer =
        new Issuer(
            UuidCreator.getTimeOrderedEpoch().toString(),
            id,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            json.read(body));
    requireFree(issuer);
    try {
      store.add(issuer);
    } catch (StorageException.Unavailable e) {
      requireFree(issuer); // another was faster
      throw e;
    } finally {
      authenticator.forgetAll();
    }
    return issuer;
  }

  /** A page of the issuers of a tenant, by ascending id. */
  public List<Issuer> page(Caller caller, String tenant, Optional<String> after, int limit) {
    return store.page(visible(caller, tenant), after, limit);
  }

  /** One issuer. */
  public Issuer get(Caller caller, String tenant, String id) {
    return store.find(visible(caller, tenant), id).orElseThrow(Issuers::noSuchIssuer);
  }

  /** Replaces what is said of an issuer. */
  public Issuer replace(Caller caller, String tenant, String id, ObjectNode body) {
    TenantId of = changeable(caller, tenant);
    Issuer old = store.find(of, id).orElseThrow(Issuers::noSuchIssuer);
    Issuer issuer = new Issuer(id, of, old.created(), json.read(body));
    requireFree(issuer);
    try {
      if (!store.replace(issuer)) {
        throw noSuchIssuer();
      }
    } catch (StorageException.Unavailable e) {
      requireFree(issuer);
      throw e;
    } finally {
      authenticator.forgetAll();
    }
    return issuer;
  }

  /** Forgets an issuer; its tokens are refused from now on. */
  public void remove(Caller caller, String tenant, String id) {
    boolean removed;
    try {
      removed = store.remove(changeable(caller, tenant), id);
    } finally {
      authenticator.forgetAll();
    }
    if (!removed) {
      throw noSuchIssuer();
    }
  }

  private void requireFree(Issuer issuer) {
    for (Issuer other : store.named(issuer.terms().issuer())) {
      if (other.terms().audience().equals(issuer.terms().audience())
          && !other.id().equals(issuer.id())) {
        throw new ScimException(
            409, "There is such an issuer with this audience; both together are of one tenant");
      }
    }
  }

  private TenantId visible(Caller caller, String tenant) {
    Reach.of(caller);
    if (!TenantId.isValid(tenant)) {
      throw Reach.noSuchTenant();
    }
    TenantId id = new TenantId(tenant);
    Reach.requireSight(caller, id);
    if (!tenants.test(id)) {
      throw Reach.noSuchTenant();
    }
    return id;
  }

  private TenantId changeable(Caller caller, String tenant) {
    TenantId id = visible(caller, tenant);
    Reach.requirePlatform(caller);
    return id;
  }

  private static ScimException noSuchIssuer() {
    return ScimException.notFound("There is no such issuer");
  }
}
