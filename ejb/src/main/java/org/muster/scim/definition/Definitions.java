package org.muster.scim.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.muster.access.Definition.Kind;
import org.muster.event.Append;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Commits;
import org.muster.scim.resource.Condition;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.TypeCatalog;
import org.muster.storage.StorageException;
import org.muster.storage.StorageProvider;

/**
 * The schemas and resource types of the tenants' own (RFC 7643 sections 6 and 7). A change is in
 * effect on this node when the call returns; it is made as a whole or not at all. Holds no
 * transaction and must not be called in one. Throws {@link ScimException} for whatever the client
 * is to be told. Thread-safe.
 */
public final class Definitions {
  private static final int ATTEMPTS = 5;
  private static final int MAX_SCHEMAS = 100;
  private static final int MAX_TYPES = 50;
  private static final int MAX_SEARCHABLE = 100;

  private final DefinitionStore store;
  private final TenantResourceTypes types;
  private final StorageProvider storage;
  private final Claiming claiming;
  private final long checkLimit;
  private final Clock clock;
  private final boolean journal;

  /**
   * The definitions that a store keeps.
   *
   * @param storage holds the resources of the tenants
   * @param commits writes to it
   * @param checkLimit the most resources of a type that are looked at for a change
   * @param journal whether changes become events
   */
  public Definitions(
      DefinitionStore store,
      TenantResourceTypes types,
      StorageProvider storage,
      Commits commits,
      long checkLimit,
      Clock clock,
      boolean journal) {
    this.store = store;
    this.types = types;
    this.storage = storage;
    this.claiming = new Claiming(storage, commits);
    this.checkLimit = checkLimit;
    this.clock = clock;
    this.journal = journal;
  }

  /** The tenant's own definitions of a kind, in the order of their registration. */
  public List<Shown> list(TenantId tenant, Kind kind) {
    return new Draft(store.of(tenant).definitions())
        .entries().stream().filter(entry -> entry.kind() == kind).map(Definitions::shown).toList();
  }

  /** One definition; a built-in type is shown as it would have to be extended. */
  public Optional<Shown> find(TenantId tenant, Kind kind, String name) {
    return new Draft(store.of(tenant).definitions())
        .find(kind, name)
        .map(Definitions::shown)
        .or(
            () ->
                kind == Kind.SCHEMA
                    ? Optional.empty()
                    : types.builtIn().definition(name).map(json -> new Shown(name, 0, json)));
  }

  /** Adds a definition. */
  public Shown create(TenantId tenant, Kind kind, ObjectNode body, Origin origin) {
    ObjectNode json = Draft.cleaned(body);
    String name = name(kind, json);
    change(
        tenant,
        origin,
        kind == Kind.RESOURCE_TYPE ? name : "",
        draft -> {
          if (draft.find(kind, name).isPresent() || isBuiltIn(kind, name)) {
            throw new ScimException(409, "There is a definition of " + name + "; PUT replaces it");
          }
          draft.put(kind, name, json);
        });
    return find(tenant, kind, name).orElseThrow(() -> missing(kind, name));
  }

  /** Replaces a definition, or extends a built-in type. */
  public Shown replace(
      TenantId tenant, Kind kind, String name, Condition ifMatch, ObjectNode body, Origin origin) {
    ObjectNode json = Draft.cleaned(body);
    String given = name(kind, json);
    if (!given.equalsIgnoreCase(name)) {
      throw invalid((kind == Kind.SCHEMA ? "id" : "name") + ": must be " + name + ", as the URL");
    }
    change(
        tenant,
        origin,
        kind == Kind.RESOURCE_TYPE ? name : "",
        draft -> {
          Optional<Entry> old = draft.find(kind, name);
          if (old.isEmpty() && !isBuiltIn(kind, name)) {
            throw missing(kind, name);
          }
          check(ifMatch, old.map(Entry::version).orElse(0L));
          old.ifPresent(entry -> checkSpelling(entry, given));
          draft.put(kind, given, json);
        });
    return find(tenant, kind, given).orElseThrow(() -> missing(kind, name));
  }

  /** Removes a definition; a built-in type is as it was before it was extended. */
  public void delete(TenantId tenant, Kind kind, String name, Condition ifMatch, Origin origin) {
    change(
        tenant,
        origin,
        "",
        draft -> {
          Entry old = draft.find(kind, name).orElseThrow(() -> missing(kind, name));
          check(ifMatch, old.version());
          List<ResourceType> users =
              kind == Kind.SCHEMA
                  ? types.catalog(draft.entries(), "").usersOf(name)
                  : List.<ResourceType>of();
          if (!users.isEmpty()) {
            throw new ScimException(
                409, "The schema is used by the resource type " + users.get(0).name());
          }
          draft.remove(old);
        });
  }

  /**
   * Adds the definitions of a set that comes with Muster; those that the tenant has already stay.
   *
   * @return the names of those that were added
   */
  public List<String> load(TenantId tenant, String set, Origin origin) {
    DefinitionSet definitions =
        DefinitionSet.of(set)
            .orElseThrow(() -> invalid("set: must be one of " + DefinitionSet.names()));
    List<String> added = new ArrayList<>();
    change(
        tenant,
        origin,
        "",
        draft -> {
          added.clear();
          definitions.forEach(
              (kind, json) -> {
                String name = name(kind, json);
                if (draft.find(kind, name).isEmpty()) {
                  draft.put(kind, name, json);
                  added.add(name);
                }
              });
        });
    return added;
  }

  private void change(TenantId tenant, Origin origin, String changed, Consumer<Draft> edit) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt(tenant, origin, changed, edit)) {
        return;
      }
    }
    throw new ScimException(503, "Others keep changing the definitions; try again later");
  }

  private boolean attempt(TenantId tenant, Origin origin, String changed, Consumer<Draft> edit) {
    DefinitionStore.State state = store.of(tenant);
    Draft draft = new Draft(state.definitions());
    List<Entry> old = draft.entries();
    TypeCatalog before = types.catalog(old, "");
    edit.accept(draft);
    if (draft.isUnchanged()) {
      return true;
    }
    checkBounds(draft);
    TypeCatalog after = types.catalog(draft.entries(), changed);
    LinkEnds.check(before, after);
    Map<String, Set<String>> unique =
        new Contradictions(storage, checkLimit).check(tenant, before, after);
    for (ResourceType type : after.types()) {
      draft.prepare(type.name(), pending(draft, before, type, unique));
    }
    List<Append> events =
        journal
            ? DefinitionEvents.of(tenant, old, draft.entries(), origin, clock.instant())
            : List.of();
    return write(tenant, state.version(), draft, after, unique, events);
  }

  /** What is pending already goes first, so that the same list means that nothing is new. */
  private static List<String> pending(
      Draft draft, TypeCatalog before, ResourceType type, Map<String, Set<String>> unique) {
    Set<String> pending = new LinkedHashSet<>();
    draft.find(Kind.RESOURCE_TYPE, type.name()).ifPresent(entry -> pending.addAll(entry.pending()));
    Optional<ResourceType> old = before.byName(type.name());
    if (old.isPresent()) {
      pending.addAll(TypeChange.unprepared(old.get(), type));
      pending.addAll(unique.getOrDefault(type.name(), Set.of()));
    } else {
      pending.addAll(type.searchable());
    }
    return List.copyOf(pending);
  }

  /** What becomes unique is claimed first; if the rest fails, the claims are given up. */
  private boolean write(
      TenantId tenant,
      long version,
      Draft draft,
      TypeCatalog after,
      Map<String, Set<String>> unique,
      List<Append> events) {
    boolean done = false;
    Set<String> claimed = new HashSet<>();
    try {
      unique.forEach(
          (name, attributes) -> {
            if (!attributes.isEmpty()) {
              claimed.add(name);
              claim(tenant, after.byName(name).orElseThrow(), attributes);
            }
          });
      done =
          store
              .change(
                  tenant,
                  version,
                  next -> draft.puts(tenant, next, clock.instant()),
                  draft.gone(tenant),
                  events)
              .isPresent();
    } finally {
      types.forget(tenant);
      if (!done) {
        for (String name : claimed) {
          claiming.release(
              tenant, after.byName(name).orElseThrow(), unique.getOrDefault(name, Set.of()));
        }
      }
    }
    return done;
  }

  private void claim(TenantId tenant, ResourceType type, Set<String> attributes) {
    try {
      claiming.claim(tenant, type, attributes);
    } catch (StorageException.NotUnique e) {
      throw new ScimException(
          409, "Two resources of " + type.name() + " have the same value of " + e.attribute());
    }
  }

  private void checkBounds(Draft draft) {
    if (draft.count(Kind.SCHEMA) > MAX_SCHEMAS) {
      throw new ScimException(409, "A tenant has at most " + MAX_SCHEMAS + " schemas of its own");
    }
    if (draft.count(Kind.RESOURCE_TYPE) > MAX_TYPES) {
      throw new ScimException(409, "A tenant has at most " + MAX_TYPES + " resource types");
    }
    int searchable =
        draft.entries().stream().mapToInt(e -> e.json().path("x-searchable").size()).sum();
    if (searchable > MAX_SEARCHABLE) {
      throw new ScimException(
          409, "The types of a tenant have at most " + MAX_SEARCHABLE + " entries of x-searchable");
    }
  }

  private boolean isBuiltIn(Kind kind, String name) {
    return kind == Kind.RESOURCE_TYPE && types.builtIn().definition(name).isPresent();
  }

  private static void check(Condition ifMatch, long version) {
    if (ifMatch instanceof Condition.Tags tags && !tags.opaque().contains(Long.toString(version))) {
      throw ScimException.preconditionFailed();
    }
  }

  /** Documents have the URN as the name of a member. */
  private static void checkSpelling(Entry old, String given) {
    String kept = name(old.kind(), old.json());
    if (!kept.equals(given)) {
      throw invalid("id: must be spelled " + kept);
    }
  }

  private static String name(Kind kind, JsonNode json) {
    String member = kind == Kind.SCHEMA ? "id" : "name";
    JsonNode name = json.path(member);
    if (!name.isTextual() || name.textValue().isBlank() || name.textValue().length() > 255) {
      throw invalid(member + ": is required, and must be text of at most 255 characters");
    }
    return name.textValue();
  }

  private static Shown shown(Entry entry) {
    ObjectNode json = entry.json().deepCopy();
    if (entry.kind() == Kind.RESOURCE_TYPE) {
      ArrayNode indexes = json.putArray("x-indexes");
      for (JsonNode path : json.path("x-searchable")) {
        indexes.addObject().put("path", path.asText()).put("state", state(entry, path.asText()));
      }
    }
    json.putObject("meta")
        .put("resourceType", entry.kind() == Kind.SCHEMA ? "Schema" : "ResourceType")
        .put("lastModified", entry.changed().toString())
        .put("version", "W/\"" + entry.version() + "\"");
    return new Shown(name(entry.kind(), entry.json()), entry.version(), json);
  }

  private static String state(Entry entry, String path) {
    if (entry.pending().stream().anyMatch(path::equalsIgnoreCase)) {
      return "building";
    }
    return entry.unindexed().stream().anyMatch(path::equalsIgnoreCase) ? "scanned" : "ready";
  }

  private static ScimException missing(Kind kind, String name) {
    String what = kind == Kind.SCHEMA ? "schema " : "resource type ";
    return ScimException.notFound("The tenant has no " + what + name + " of its own");
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
