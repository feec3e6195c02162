package org.muster.scim.schema;

import java.util.List;
import java.util.Optional;
import org.muster.kernel.TenantId;

/** The resource types and schemas of each tenant. Thread-safe. */
public interface ResourceTypes {
  /** All types of a tenant, in the order of their registration. */
  List<ResourceType> all(TenantId tenant);

  /** The type whose endpoint this is, in its exact case, for instance "Users". */
  Optional<ResourceType> byEndpoint(TenantId tenant, String endpoint);

  /** The type of that name, in its exact case, for instance "User". */
  Optional<ResourceType> byName(TenantId tenant, String name);

  /** The schema with that URN, in any case. */
  Optional<SchemaDefinition> schema(TenantId tenant, String urn);

  /** All schemas of a tenant: those of its types, and those that no type uses. */
  List<SchemaDefinition> schemas(TenantId tenant);
}
