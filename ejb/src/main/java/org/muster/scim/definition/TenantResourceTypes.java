package org.muster.scim.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.muster.access.Definition;
import org.muster.directory.Directory;
import org.muster.directory.DirectorySpace;
import org.muster.kernel.TenantId;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.scim.schema.SchemaDefinition;
import org.muster.scim.schema.TypeCatalog;
import org.muster.storage.JsonDocument;

/**
 * The built-in types and those of the tenants. A request finds them in memory: the version of a
 * tenant's definitions lies in the directory, with the types that were made of them beside it. What
 * another node has changed is noticed by {@link #refresh} at the latest.
 */
public final class TenantResourceTypes implements ResourceTypes {
  private static final int MAX_TENANTS = 10_000;

  /** More changes at once are those of a start. */
  private static final int MANY = 100;

  private final DefinitionStore store;
  private final BuiltInResourceTypes builtIn;
  private final TypeCatalog plain;
  private final AtomicLong seen = new AtomicLong();
  private final DirectorySpace<TypeCatalog> versions;

  /** What was made already, so that a version that is only read again makes nothing anew. */
  private final Cache<TenantId, Made> made;

  /** The types of a tenant as of a version, or a later one. */
  private record Made(long version, TypeCatalog catalog) {}

  /** The types of the tenants whose definitions a store keeps. */
  public TenantResourceTypes(
      DefinitionStore store, BuiltInResourceTypes builtIn, Directory directory) {
    this.store = store;
    this.builtIn = builtIn;
    this.plain = TypeCatalog.of(builtIn);
    this.made = Caffeine.newBuilder().maximumSize(MAX_TENANTS).executor(Runnable::run).build();
    this.versions =
        directory.space(
            Directory.Kind.DEFINITIONS,
            tenant -> Optional.of(Long.toString(store.version(new TenantId(tenant)))),
            (tenant, version) -> catalog(new TenantId(tenant), Long.parseLong(version)));
  }

  /** Forgets what has been changed since the last call; to be called every second or so. */
  public void refresh() {
    Map<String, Long> changed = store.changedAfter(seen.get());
    if (changed.size() > MANY) {
      versions.forgetAll();
    } else {
      changed.keySet().stream().filter(TenantId::isValid).forEach(versions::forget);
    }
    changed.values().stream().max(Long::compare).ifPresent(seen::set);
  }

  /** Forgets the types of a tenant, which have been changed. */
  void forget(TenantId tenant) {
    versions.forget(tenant.value());
  }

  /** All types and schemas of a tenant as of now. */
  TypeCatalog catalog(TenantId tenant) {
    return versions.get(tenant.value()).orElse(plain);
  }

  BuiltInResourceTypes builtIn() {
    return builtIn;
  }

  @Override
  public List<ResourceType> all(TenantId tenant) {
    return catalog(tenant).types();
  }

  @Override
  public Optional<ResourceType> byEndpoint(TenantId tenant, String endpoint) {
    return catalog(tenant).byEndpoint(endpoint);
  }

  @Override
  public Optional<ResourceType> byName(TenantId tenant, String name) {
    return catalog(tenant).byName(name);
  }

  @Override
  public Optional<SchemaDefinition> schema(TenantId tenant, String urn) {
    return catalog(tenant).schema(urn);
  }

  @Override
  public List<SchemaDefinition> schemas(TenantId tenant) {
    return catalog(tenant).schemas();
  }

  /** Versions only grow. */
  private TypeCatalog catalog(TenantId tenant, long version) {
    if (version == 0) {
      return plain;
    }
    return made.asMap()
        .compute(tenant, (of, old) -> old != null && old.version() >= version ? old : make(tenant))
        .catalog();
  }

  private Made make(TenantId tenant) {
    DefinitionStore.State state = store.of(tenant);
    List<Entry> entries = state.definitions().stream().map(Entry::of).toList();
    return new Made(state.version(), entries.isEmpty() ? plain : catalog(entries, ""));
  }

  /** The catalog that these definitions make; see {@link TypeCatalog#of}. */
  TypeCatalog catalog(List<Entry> entries, String changed) {
    List<JsonNode> schemas = new ArrayList<>();
    List<TypeCatalog.Source> types = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.kind() == Definition.Kind.SCHEMA) {
        schemas.add(entry.json());
      } else {
        types.add(new TypeCatalog.Source(entry.json(), entry.pending()));
      }
    }
    return TypeCatalog.of(builtIn, schemas, types, changed);
  }

  static JsonNode parse(String body) {
    try {
      return JsonDocument.MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored definition is not JSON", e);
    }
  }
}
