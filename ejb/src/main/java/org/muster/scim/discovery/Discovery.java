package org.muster.scim.discovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Representation;
import org.muster.scim.resource.RequestContext;
import org.muster.scim.schema.ResourceTypes;
import org.muster.scim.schema.SchemaDefinition;
import org.muster.storage.Capability;

/**
 * The pages of discovery (RFC 7644 section 4). Their entity tags change with their content.
 * Sorting, paging and the selection of attributes are ignored there; a filter is 403, so that
 * nobody takes the answer for a filtered one. Thread-safe.
 */
public final class Discovery {
  private final ResourceTypes types;
  private final Set<Capability> capabilities;
  private final Function<TenantId, List<String>> eventUris;
  private final Cache<Place, DiscoveryPages> hot = Caffeine.newBuilder().maximumSize(200).build();

  private record Place(TenantId tenant, String baseUrl) {}

  /**
   * The discovery of these types on a storage that can do this.
   *
   * @param eventUris the security events that a tenant has somebody told of; asked each time
   */
  public Discovery(
      ResourceTypes types,
      Set<Capability> capabilities,
      Function<TenantId, List<String>> eventUris) {
    this.types = types;
    this.capabilities = Set.copyOf(capabilities);
    this.eventUris = eventUris;
  }

  /** {@code /ServiceProviderConfig}. */
  public Representation serviceProviderConfig(RequestContext context, Optional<String> filter) {
    return pages(context, filter).config();
  }

  /** {@code /Schemas}: a ListResponse. */
  public Representation schemas(RequestContext context, Optional<String> filter) {
    return pages(context, filter).schemas();
  }

  /** {@code /Schemas/{urn}}; the URN in any case. */
  public Representation schema(RequestContext context, String urn, Optional<String> filter) {
    return found(pages(context, filter).schemaById(), urn.toLowerCase(Locale.ROOT), "schema");
  }

  /** {@code /ResourceTypes}: a ListResponse. */
  public Representation resourceTypes(RequestContext context, Optional<String> filter) {
    return pages(context, filter).types();
  }

  /** {@code /ResourceTypes/{name}}; the name in its exact case. */
  public Representation resourceType(RequestContext context, String name, Optional<String> filter) {
    return found(pages(context, filter).typeByName(), name, "resource type");
  }

  private DiscoveryPages pages(RequestContext context, Optional<String> filter) {
    if (filter.isPresent()) {
      throw new ScimException(403, "These resources can't be filtered (RFC 7644 section 4)");
    }
    List<SchemaDefinition> current = types.schemas(context.tenant());
    Features features =
        Features.of(capabilities, context.policy().limits(), eventUris.apply(context.tenant()));
    Place place = new Place(context.tenant(), context.baseUrl());
    @Nullable DiscoveryPages known = hot.getIfPresent(place);
    if (known == null || !known.features().equals(features) || !isSame(known.madeOf(), current)) {
      known = DiscoveryPages.of(types.all(context.tenant()), current, features, context.baseUrl());
      hot.put(place, known);
    }
    return known;
  }

  /** Whatever changes makes a new list, and a deep comparison is slow. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(List<SchemaDefinition> left, List<SchemaDefinition> right) {
    return left == right;
  }

  private static Representation found(Map<String, Representation> pages, String key, String what) {
    @Nullable Representation page = pages.get(key);
    if (page == null) {
      throw ScimException.notFound("There is no such " + what);
    }
    return page;
  }
}
