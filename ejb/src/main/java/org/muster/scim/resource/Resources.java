package org.muster.scim.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.muster.monitor.Calls;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Switch;
import org.muster.scim.projection.Selection;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.StorageProvider;

/**
 * The operations on resources (RFC 7644 section 3), for every type alike. Holds no transaction and
 * must not be called in one. Throws {@link org.muster.scim.ScimException} for whatever the client
 * is to be told; the bodies that it returns may do so too, while they are written. Thread-safe.
 */
public final class Resources {
  private final Reading reading;
  private final Listing listing;
  private final RootListing rootListing;
  private final MemberListing members;
  private final Writing writing;
  private final Commits commits;
  private final Restoring restoring;
  private final ResourceTypes types;
  private final Calls calls;

  /**
   * The operations on the resources of a store.
   *
   * @param commits writes to the same store
   */
  public Resources(StorageProvider storage, Commits commits, ResourceTypes types, Secrets secrets) {
    this(storage, commits, types, secrets, new Renderings(types, false), Calls.UNWATCHED);
  }

  /**
   * The operations on the resources of a store.
   *
   * @param renderings what is kept of what was sent
   * @param calls what they are done through, to be watched
   */
  public Resources(
      StorageProvider storage,
      Commits commits,
      ResourceTypes types,
      Secrets secrets,
      Renderings renderings,
      Calls calls) {
    this.calls = calls;
    this.types = types;
    this.reading = new Reading(storage, types, renderings);
    this.listing = new Listing(storage, types, reading);
    this.rootListing = new RootListing(storage, types, listing);
    this.members = new MemberListing(storage, types);
    this.commits = commits;
    this.writing = new Writing(storage, commits, types, secrets);
    this.restoring = new Restoring(storage, commits);
  }

  /** Creates a resource (RFC 7644 section 3.3). */
  public Representation create(
      RequestContext context, ResourceType type, ObjectNode body, Selection selection) {
    View view = View.of(current(context, type), selection);
    return watched(
        "create",
        context,
        () -> reading.representation(context, view, writing.create(context, view, body)));
  }

  /**
   * Creates a resource, under an id that was given to it before if there is one.
   *
   * @throws org.muster.scim.ScimException 409 uniqueness if there is a resource of that id, 404 if
   *     it was deleted
   */
  public Representation create(
      RequestContext context,
      ResourceType type,
      Optional<String> id,
      ObjectNode body,
      Selection selection) {
    if (id.isEmpty()) {
      return create(context, type, body, selection);
    }
    View view = View.of(type, selection);
    return watched(
        "create",
        context,
        () ->
            reading.representation(context, view, writing.createAs(context, view, id.get(), body)));
  }

  /** Where the resource of a promised id is or would be; empty if none can have that id. */
  public static Optional<String> location(String baseUrl, ResourceType type, String id) {
    return Writing.isPromised(id)
        ? Optional.of(baseUrl + "/" + type.endpoint() + "/" + id)
        : Optional.empty();
  }

  /** Reads a resource (RFC 7644 section 3.4.1); 404 if there is none. */
  public Representation get(
      RequestContext context, ResourceType type, String id, Selection selection) {
    View view = View.of(type, selection);
    return watched("get", context, () -> reading.get(context, view, id));
  }

  /** Replaces a resource (RFC 7644 section 3.5.1). */
  public Representation replace(
      RequestContext context,
      ResourceType type,
      String id,
      Condition ifMatch,
      ObjectNode body,
      Selection selection) {
    View view = View.of(current(context, type), selection);
    return watched(
        "replace",
        context,
        () ->
            reading.representation(
                context, view, writing.replace(context, view, id, ifMatch, body)));
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
    View view = View.of(current(context, type), selection);
    return watched(
        "patch",
        context,
        () ->
            reading.representation(context, view, writing.patch(context, view, id, ifMatch, body)));
  }

  /** The type as it is now: it may have been changed while the body was on its way. */
  private ResourceType current(RequestContext context, ResourceType type) {
    return types
        .byName(context.tenant(), type.name())
        .orElseThrow(() -> ScimException.notFound("There is no resource type " + type.name()));
  }

  /**
   * Whether the answer of a PATCH shows the resource to a client that says nothing of it. A list of
   * members could be long, and nobody asked for it.
   */
  public static boolean patchShows(RequestContext context, ResourceType type) {
    return context.policy().profile().has(Switch.PATCH_RETURNS_RESOURCE) && !type.hasLinkLists();
  }

  /** Deletes a resource (RFC 7644 section 3.6). */
  public void delete(RequestContext context, ResourceType type, String id, Condition ifMatch) {
    watched(
        "delete",
        context,
        () -> {
          writing.delete(context, type, id, ifMatch);
          return Boolean.TRUE;
        });
  }

  /** The id of a resource to be created. */
  public static String newId() {
    return Writing.newId();
  }

  /** Does a write, of which nobody wants to see the resource. */
  public Written write(RequestContext context, Write write) {
    View view = View.of(write.type(), Selection.DEFAULT);
    if (write instanceof Write.Delete delete) {
      writing.delete(context, delete.type(), delete.id(), delete.ifMatch());
      return new Written(Reading.location(context, delete.type(), delete.id()), Optional.empty());
    }
    Representation after =
        reading.representation(context, view, writing.write(context, view, write));
    return new Written(after.location(), Optional.of(after.etag()));
  }

  /** An empty group of writes. */
  public WriteGroup group(RequestContext context) {
    return new WriteGroup(context, writing, commits);
  }

  /**
   * Brings a deleted resource back, without the memberships and references that it had. For
   * administrators; 403 for others, 404 if there is no such tombstone, 409 if a unique value is
   * taken meanwhile or the resource does not fit its schema any more.
   */
  public Representation restore(
      RequestContext context, ResourceType type, String id, Selection selection) {
    View view = View.of(type, selection);
    return watched(
        "restore",
        context,
        () -> reading.representation(context, view, restoring.restore(context, type, id)));
  }

  /**
   * Removes a deleted resource for good. For administrators; 403 for others, 404 if there is no
   * such tombstone.
   */
  public void purge(RequestContext context, ResourceType type, String id) {
    watched(
        "purge",
        context,
        () -> {
          restoring.purge(context, type, id);
          return Boolean.TRUE;
        });
  }

  /** Lists resources of one type (RFC 7644 section 3.4.2, RFC 9865); a ListResponse. */
  public Representation.Body list(RequestContext context, ResourceType type, ListRequest request) {
    return watched("list", context, () -> listing.list(context, type, request));
  }

  /** Lists resources of all types (RFC 7644 sections 3.4.2.1 and 3.4.3); a ListResponse. */
  public Representation.Body listAll(RequestContext context, ListRequest request) {
    return watched("list_all", context, () -> rootListing.list(context, request));
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
    return watched(
        "members", context, () -> members.list(context, type, id, attribute, cursor, count));
  }

  /** Does it as a call of this service; what the client is to be told is an answer. */
  private <T> T watched(String operation, RequestContext context, Supplier<T> work) {
    return calls.call(operation, context.tenant(), work);
  }
}
