package org.muster.scim.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalInt;
import org.muster.scim.schema.ResourceType;

/**
 * The operations on resources (RFC 7644 section 3), for every type alike. Holds no transaction and
 * must not be called in one. Throws {@link org.muster.scim.ScimException} for whatever the client
 * is to be told.
 */
@ApplicationScoped
public class Resources {

  /** Creates a resource (RFC 7644 section 3.3). */
  public Representation create(
      RequestContext context, ResourceType type, ObjectNode body, Selection selection) {
    throw new UnsupportedOperationException();
  }

  /** Reads a resource (RFC 7644 section 3.4.1); 404 if there is none. */
  public Representation get(
      RequestContext context, ResourceType type, String id, Selection selection) {
    throw new UnsupportedOperationException();
  }

  /** Replaces a resource (RFC 7644 section 3.5.1). */
  public Representation replace(
      RequestContext context,
      ResourceType type,
      String id,
      Condition ifMatch,
      ObjectNode body,
      Selection selection) {
    throw new UnsupportedOperationException();
  }

  /**
   * Changes a resource (RFC 7644 section 3.5.2). The body of the answer costs nothing unless it is
   * written.
   */
  public Representation patch(
      RequestContext context,
      ResourceType type,
      String id,
      Condition ifMatch,
      ObjectNode body,
      Selection selection) {
    throw new UnsupportedOperationException();
  }

  /** Deletes a resource (RFC 7644 section 3.6). */
  public void delete(RequestContext context, ResourceType type, String id, Condition ifMatch) {
    throw new UnsupportedOperationException();
  }

  /** Lists resources of one type (RFC 7644 section 3.4.2, RFC 9865); a ListResponse. */
  public Representation.Body list(RequestContext context, ResourceType type, ListRequest request) {
    throw new UnsupportedOperationException();
  }

  /**
   * Pages the links of a multi-valued link attribute, for instance {@code GET
   * /Groups/{id}/members}; a ListResponse with nextCursor. 404 if the resource does not exist or
   * the attribute is no such one.
   *
   * @param cursor empty, or an empty text, for the first page
   */
  public Representation.Body members(
      RequestContext context,
      ResourceType type,
      String id,
      String attribute,
      Optional<String> cursor,
      OptionalInt count) {
    throw new UnsupportedOperationException();
  }
}
