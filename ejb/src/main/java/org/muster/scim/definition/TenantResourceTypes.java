package org.muster.scim.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.muster.access.Definition;
import org.muster.kernel.TenantId;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.scim.schema.SchemaDefinition;
import org.muster.scim.schema.TypeCatalog;
import org.muster.storage.JsonDocument;

/**
 * The built-in types and those of the tenants. A request finds them in memory; what another node
 * has changed is noticed by {@link #refresh}.
 */
public final class TenantResourceTypes implements ResourceTypes {
  private static final int MAX_TENANTS = 10_000;

  private final DefinitionStore store;
  private final BuiltInResourceTypes builtIn;
  private final TypeCatalog plain;
  private final AtomicLong seen = new AtomicLong();
  private final LoadingCache<TenantId, TypeCatalog> catalogs;

  /** The types of the tenants whose definitions a store keeps. */
  public TenantResourceTypes(DefinitionStore store, BuiltInResourceTypes builtIn) {
    this.store = store;
    this.builtIn = builtIn;
    this.plain = TypeCatalog.of(builtIn);
    this.catalogs = Caffeine.newBuilder().maximumSize(MAX_TENANTS).build(this::load);
  }

  /** Forgets what has been changed since the last call; to be called every second or so. */
  public void refresh() {
    Map<String, Long> changed = store.changedAfter(seen.get());
    changed.forEach(
        (name, version) -> {
          if (TenantId.isValid(name)) {
            catalogs.invalidate(new TenantId(name));
          }
        });
    changed.values().stream().max(Long::compare).ifPresent(seen::set);
  }

  /** Forgets the types of a tenant, which have been changed. */
  void forget(TenantId tenant) {
    catalogs.invalidate(tenant);
  }

  /** All types and schemas of a tenant as of now. */
  TypeCatalog catalog(TenantId tenant) {
    return catalogs.get(tenant);
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

  private TypeCatalog load(TenantId tenant) {
    List<Definition> definitions = store.of(tenant).definitions();
    return definitions.isEmpty()
        ? plain
        : catalog(definitions.stream().map(Entry::of).toList(), "");
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
