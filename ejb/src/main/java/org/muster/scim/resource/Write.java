package org.muster.scim.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.muster.scim.schema.ResourceType;

/** A write of one resource, as a request of its own would ask for it. */
public sealed interface Write {
  ResourceType type();

  String id();

  /**
   * Creates a resource (RFC 7644 section 3.3).
   *
   * @param id from {@link Resources#newId}, so that others can refer to the resource before it is
   *     there
   */
  record Create(ResourceType type, String id, ObjectNode body) implements Write {}

  /** Replaces a resource (RFC 7644 section 3.5.1). */
  record Replace(ResourceType type, String id, Condition ifMatch, ObjectNode body)
      implements Write {}

  /** Changes a resource (RFC 7644 section 3.5.2). */
  record Patch(ResourceType type, String id, Condition ifMatch, ObjectNode body) implements Write {}

  /** Deletes a resource (RFC 7644 section 3.6). */
  record Delete(ResourceType type, String id, Condition ifMatch) implements Write {}
}
