package org.muster.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.muster.access.Tenant;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.security.Caller;
import org.muster.security.Reach;
import org.muster.security.Scope;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;

/**
 * Creates, shows, changes and deletes tenants. An administrator of the platform does so with all of
 * them; one of a tenant sees its own, and changes of it what does not widen its limits. What a
 * caller can't see answers as if it did not exist. Thread-safe.
 */
public final class Tenants {
  /** When a tenant was said to be deleted, in its stored settings. */
  static final String DELETED_MILLIS = "deletedMillis";

  private static final int ATTEMPTS = 5;
  private final TenantStore store;
  private final TenantDirectory directory;
  private final TenantRules rules;
  private final SettingsJson json;
  private final Clock clock;

  Tenants(TenantStore store, TenantDirectory directory, TenantRules rules, Clock clock) {
    this.store = store;
    this.directory = directory;
    this.rules = rules;
    this.json = new SettingsJson(rules);
    this.clock = clock;
  }

  /**
   * Creates a tenant, active at once.
   *
   * @param body what {@code id} it has, and its settings
   * @throws ScimException 400 if the body is wrong, 403, 409 if the id is taken
   */
  public TenantView create(Caller caller, ObjectNode body) {
    Reach.requirePlatform(caller);
    TenantId id = id(body.path("id"));
    ObjectNode settings = body.deepCopy();
    settings.remove("id");
    String text = text(SettingsJson.write(json.read(settings)));
    Tenant tenant = new Tenant(id, now(), text);
    try {
      if (!store.add(tenant)) {
        throw taken(id);
      }
    } catch (StorageException.Unavailable e) {
      if (store.find(id).isPresent()) { // another was faster
        throw taken(id);
      }
      throw e;
    } finally {
      directory.forget(id);
    }
    return TenantView.of(tenant, rules);
  }

  /** A page of tenants by ascending id. */
  public List<TenantView> page(Caller caller, Optional<String> after, int limit) {
    Optional<TenantId> only = Reach.of(caller);
    List<Tenant> found =
        only.isEmpty()
            ? store.page(after, limit)
            : store.find(only.get()).stream()
                .filter(
                    tenant -> after.map(id -> tenant.id().value().compareTo(id) > 0).orElse(true))
                .toList();
    return found.stream().map(tenant -> TenantView.of(tenant, rules)).toList();
  }

  /** One tenant. */
  public TenantView get(Caller caller, String id) {
    return TenantView.of(read(caller, id), rules);
  }

  /**
   * Changes a tenant by a merge patch (RFC 7396).
   *
   * @param matches whether the entity tag is one that the client has named
   */
  public TenantView patch(Caller caller, String id, Predicate<String> matches, ObjectNode patch) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Tenant tenant = read(caller, id);
      TenantView before = TenantView.of(tenant, rules);
      requireMatch(matches, before);
      if (tenant.state() == Tenant.State.DELETING) {
        throw new ScimException(409, "The tenant is being deleted");
      }
      Tenant.State state = state(patch.path("state"), tenant);
      TenantSettings settings = json.read(merged(before.settings(), patch));
      check(caller, before, state, settings);
      TenantView after =
          new TenantView(
              before.id(),
              state,
              before.created(),
              settings,
              rules.profile(settings).name(),
              rules.limits(settings));
      if (after.equals(before)) {
        return before;
      }
      if (change(tenant, state, SettingsJson.write(settings))) {
        return after;
      }
    }
    throw new ScimException(503, "Other administrators were faster; try again");
  }

  /**
   * Begins to delete a tenant: from now on it is as if there were none, but for its id.
   *
   * @param confirmation the id once more
   */
  public TenantView delete(
      Caller caller, String id, Predicate<String> matches, Optional<String> confirmation) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Tenant tenant = read(caller, id);
      Reach.requirePlatform(caller);
      TenantView before = TenantView.of(tenant, rules);
      requireMatch(matches, before);
      if (tenant.state() == Tenant.State.DELETING) {
        return before;
      }
      if (tenant.id().equals(TenantId.DEFAULT)) {
        throw new ScimException(409, "The tenant default can't be deleted");
      }
      if (!confirmation.map(id::equals).orElse(false)) {
        throw ScimException.badRequest(
            ScimException.Type.INVALID_VALUE,
            "All data of the tenant would be gone for good; to say that you mean it, add ?confirm="
                + id);
      }
      ObjectNode settings = SettingsJson.write(before.settings());
      settings.put(DELETED_MILLIS, clock.millis());
      if (change(tenant, Tenant.State.DELETING, settings)) {
        try {
          store.removeCredentials(tenant.id());
        } finally {
          directory.forgetCredentials();
        }
        return new TenantView(
            before.id(),
            Tenant.State.DELETING,
            before.created(),
            before.settings(),
            before.profile(),
            before.limits());
      }
    }
    throw new ScimException(503, "Other administrators were faster; try again");
  }

  /** Whether it still was as it was read. */
  private boolean change(Tenant read, Tenant.State state, ObjectNode settings) {
    try {
      return store.change(read, state, text(settings));
    } finally {
      directory.forget(read.id());
    }
  }

  private Tenant read(Caller caller, String id) {
    if (!TenantId.isValid(id)) {
      Reach.of(caller);
      throw Reach.noSuchTenant();
    }
    TenantId tenant = new TenantId(id);
    Reach.requireSight(caller, tenant);
    return store.find(tenant).orElseThrow(Reach::noSuchTenant);
  }

  private static void check(
      Caller caller, TenantView before, Tenant.State state, TenantSettings settings) {
    if (state == Tenant.State.SUSPENDED && before.id().equals(TenantId.DEFAULT)) {
      throw new ScimException(409, "The tenant default can't be suspended");
    }
    if (caller.may(Scope.PLATFORM_ADMIN)) {
      return;
    }
    if (state != before.state()) {
      throw new ScimException(403, "The state of a tenant takes the scope platform.admin");
    }
    // The values themselves, since a bound of the configuration may be raised one day.
    if (!settings.limits().equals(before.settings().limits())) {
      throw new ScimException(403, "The limits of a tenant take the scope platform.admin");
    }
  }

  private static void requireMatch(Predicate<String> matches, TenantView tenant) {
    if (!matches.test(tenant.etag())) {
      throw ScimException.preconditionFailed();
    }
  }

  private static ObjectNode merged(TenantSettings settings, ObjectNode patch) {
    ObjectNode rest = patch.deepCopy();
    rest.remove("state");
    ObjectNode merged = SettingsJson.write(settings);
    merge(merged, rest);
    return merged;
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      JsonNode value = member.getValue();
      if (value.isNull()) {
        target.remove(member.getKey());
      } else if (value instanceof ObjectNode inner) {
        JsonNode old = target.path(member.getKey());
        merge(old instanceof ObjectNode object ? object : target.putObject(member.getKey()), inner);
      } else {
        target.set(member.getKey(), value);
      }
    }
  }

  private static Tenant.State state(JsonNode value, Tenant tenant) {
    if (value.isMissingNode()) {
      return tenant.state();
    }
    String word = value.asText("");
    if (value.isTextual() && (word.equals("ACTIVE") || word.equals("SUSPENDED"))) {
      return Tenant.State.valueOf(word);
    }
    throw ScimException.badRequest(
        ScimException.Type.INVALID_VALUE, "state must be ACTIVE or SUSPENDED");
  }

  private static TenantId id(JsonNode value) {
    String text = value.textValue();
    if (text == null || !TenantId.isValid(text)) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          "id must be a text of 1 to 63 of a-z, 0-9 and -, with no - at either end");
    }
    return new TenantId(text);
  }

  private static ScimException taken(TenantId id) {
    return new ScimException(
        409, "There is a tenant " + id.value() + ", or its id is not free yet");
  }

  private static String text(ObjectNode settings) {
    return JsonDocument.of(settings).text();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
