package org.muster.scim.explain;

import java.util.function.Predicate;
import org.muster.kernel.TenantId;
import org.muster.scim.projection.Selection;
import org.muster.scim.resource.ListRequest;
import org.muster.scim.schema.ResourceType;

/** A SCIM request that is to be explained, as far as it is understood without the engine. */
public sealed interface Question {
  /** What it is about. */
  ResourceType type();

  /** Which attributes it wants to see. */
  Selection selection();

  /** Reads the request; what is refused before the engine sees it is thrown. */
  @FunctionalInterface
  interface Reader {
    /**
     * The request, over the resource types of a tenant.
     *
     * @throws org.muster.scim.ScimException what the client of the request would be told
     */
    Question read(TenantId tenant);
  }

  /** A list or search (RFC 7644 sections 3.4.2 and 3.4.3). */
  record Search(ResourceType type, ListRequest request) implements Question {
    @Override
    public Selection selection() {
      return request.selection();
    }
  }

  /**
   * A read of one resource (RFC 7644 section 3.4.1).
   *
   * @param isModified whether a resource with that entity tag is to be sent
   */
  record Read(ResourceType type, String id, Selection selection, Predicate<String> isModified)
      implements Question {}

  /** A write (RFC 7644 sections 3.3, 3.5 and 3.6). */
  record Change(org.muster.scim.resource.Write write, Selection selection) implements Question {
    @Override
    public ResourceType type() {
      return write.type();
    }
  }
}
