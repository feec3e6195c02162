package org.muster.rest.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.muster.rest.request.EntityTags;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.scim.history.History;
import org.muster.scim.history.PastResources;
import org.muster.scim.projection.Selection;
import org.muster.scim.resource.Condition;
import org.muster.scim.resource.ListRequest;
import org.muster.scim.resource.Representation;
import org.muster.scim.resource.RequestContext;
import org.muster.scim.resource.Resources;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.JsonDocument;

/** All resource types alike (RFC 7644 section 3), of the caller's tenant. Thread-safe. */
@ApplicationScoped
public class ResourcesEndpoint {
  private static final String AT = "at";

  @Inject private Resources resources;
  @Inject private PastResources past;
  @Inject private History history;
  @Inject private ResourceTypes types;
  @Inject private ScimBodies bodies;
  @Inject private AsyncRequests asynchronous;

  /** What a path that begins with the endpoint of a resource type stands for. */
  Optional<Route> route(RequestContext context, List<String> path) {
    ResourceType type = type(context, path.get(0));
    return switch (path.size()) {
      case 1 -> Optional.of(ofType(context, type));
      case 2 ->
          Optional.of(
              path.get(1).equals(".search")
                  ? new Route().on(Method.POST, request -> search(context, type, request))
                  : ofResource(context, type, path.get(1)));
      case 3 -> Optional.of(belowResource(context, type, path.get(1), path.get(2)));
      default -> Optional.empty();
    };
  }

  /** What a resource is asked for under another name than its own. */
  Route ofAlias(RequestContext context, ResourceType type, String id, List<String> more) {
    return more.isEmpty()
        ? ofResource(context, type, id)
        : new Route().on(Method.GET, request -> members(context, type, id, more.get(0), request));
  }

  private Route ofType(RequestContext context, ResourceType type) {
    return new Route()
        .on(Method.GET, request -> list(context, type, request))
        .on(Method.POST, request -> create(context, type, request));
  }

  private Route ofResource(RequestContext context, ResourceType type, String id) {
    return new Route()
        .on(Method.GET, request -> get(context, type, id, request))
        .on(Method.PUT, request -> replace(context, type, id, request))
        .on(Method.PATCH, request -> patch(context, type, id, request))
        .on(Method.DELETE, request -> delete(context, type, id, request));
  }

  private Route belowResource(RequestContext context, ResourceType type, String id, String name) {
    return switch (name) {
      case ".restore" ->
          new Route().on(Method.POST, request -> restore(context, type, id, request));
      case ".history" -> new Route().on(Method.GET, request -> history(context, type, id, request));
      case ".revert" -> new Route().on(Method.POST, request -> revert(context, type, id, request));
      case ".purge" -> new Route().on(Method.POST, request -> purge(context, type, id));
      default -> new Route().on(Method.GET, request -> members(context, type, id, name, request));
    };
  }

  /** RFC 7644 section 3.4.2. */
  private Answer list(RequestContext context, ResourceType type, HttpServletRequest request)
      throws IOException {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    ListRequest list = ListRequests.of(parameters);
    Optional<String> at = parameters.text(AT);
    return Answers.list(
        at.isPresent()
            ? past.list(context, type, at.get(), list)
            : resources.list(context, type, list));
  }

  /** RFC 7644 section 3.4.3. */
  private Answer search(RequestContext context, ResourceType type, HttpServletRequest request)
      throws IOException {
    ObjectNode body = bodies.read(request);
    return Answers.list(resources.list(context, type, ListRequests.of(body)));
  }

  /** RFC 7644 section 3.3. */
  private Answer create(RequestContext context, ResourceType type, HttpServletRequest request)
      throws IOException {
    if (AsyncRequests.isWanted(request)) {
      ObjectNode body = bodies.readAlone(request);
      return asynchronous.submit(
          context, request, Method.POST, "/" + type.endpoint(), Optional.of(body));
    }
    return create(context, type, Optional.empty(), request);
  }

  /**
   * Creates a resource.
   *
   * @param id empty if the server makes one up
   */
  Answer create(
      RequestContext context, ResourceType type, Optional<String> id, HttpServletRequest request)
      throws IOException {
    ObjectNode body = bodies.read(request);
    Selection selection = selection(request);
    Representation made = resources.create(context, type, id, body, selection);
    return WriteAnswers.created(request, selection, made);
  }

  /** RFC 7644 section 3.4.1. */
  private Answer get(
      RequestContext context, ResourceType type, String id, HttpServletRequest request)
      throws IOException {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    Optional<String> at = at(request);
    return Answers.found(
        request,
        at.isPresent()
            ? past.get(context, type, id, at.get(), selection(request))
            : resources.get(context, type, id, selection(request)));
  }

  /** RFC 7644 section 3.5.1. */
  private Answer replace(
      RequestContext context, ResourceType type, String id, HttpServletRequest request)
      throws IOException {
    if (AsyncRequests.isWanted(request)) {
      ObjectNode body = bodies.readAlone(request);
      return asynchronous.submit(context, request, Method.PUT, path(type, id), Optional.of(body));
    }
    Condition ifMatch = ifMatch(request);
    ObjectNode body = bodies.read(request);
    Selection selection = selection(request);
    return WriteAnswers.replaced(
        request, selection, resources.replace(context, type, id, ifMatch, body, selection));
  }

  /**
   * RFC 7644 section 3.5.2: 204, unless the client says which attributes it wants to see, or the
   * tenant's profile that its clients want to see them.
   */
  private Answer patch(
      RequestContext context, ResourceType type, String id, HttpServletRequest request)
      throws IOException {
    if (AsyncRequests.isWanted(request)) {
      ObjectNode body = bodies.readAlone(request);
      return asynchronous.submit(context, request, Method.PATCH, path(type, id), Optional.of(body));
    }
    Condition ifMatch = ifMatch(request);
    Selection selection = selection(request);
    ObjectNode body = bodies.read(request);
    Representation changed = resources.patch(context, type, id, ifMatch, body, selection);
    boolean shown = Resources.patchShows(context, type);
    return WriteAnswers.patched(request, selection, shown, changed);
  }

  /** RFC 7644 section 3.6. */
  private Answer delete(
      RequestContext context, ResourceType type, String id, HttpServletRequest request) {
    if (AsyncRequests.isWanted(request)) {
      return asynchronous.submit(context, request, Method.DELETE, path(type, id), Optional.empty());
    }
    resources.delete(context, type, id, ifMatch(request));
    return Answers.deleted();
  }

  /** Ours, for administrators: brings a deleted resource back. */
  private Answer restore(
      RequestContext context, ResourceType type, String id, HttpServletRequest request) {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    return Answers.ok(resources.restore(context, type, id, selection(request)));
  }

  /** Ours, for administrators: what became of a resource. */
  private Answer history(
      RequestContext context, ResourceType type, String id, HttpServletRequest request)
      throws IOException {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    byte[] page =
        JsonDocument.of(
                history.page(
                    context, type, id, parameters.text("cursor"), parameters.number("count")))
            .text()
            .getBytes(StandardCharsets.UTF_8);
    return Answers.list(out -> out.write(page));
  }

  /** Ours, for administrators: makes a resource what it was. */
  private Answer revert(
      RequestContext context, ResourceType type, String id, HttpServletRequest request) {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    String moment =
        at(request)
            .orElseThrow(
                () ->
                    ScimException.badRequest(
                        ScimException.Type.INVALID_VALUE,
                        "at must be given: a time, or a version of the resource"));
    return Answers.ok(past.revert(context, type, id, moment, ifMatch(request), selection(request)));
  }

  /** Ours, for administrators: removes a deleted resource for good. */
  private Answer purge(RequestContext context, ResourceType type, String id) {
    resources.purge(context, type, id);
    return Answers.deleted();
  }

  /** Pages the values of a link attribute by cursor, for instance the members of a group. */
  private Answer members(
      RequestContext context,
      ResourceType type,
      String id,
      String attribute,
      HttpServletRequest request)
      throws IOException {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    Optional<String> cursor = parameters.text("cursor");
    OptionalInt count = parameters.number("count");
    Optional<String> at = parameters.text(AT);
    return Answers.list(
        at.isPresent()
            ? past.members(context, type, id, attribute, at.get(), cursor, count)
            : resources.members(context, type, id, attribute, cursor, count));
  }

  private static String path(ResourceType type, String id) {
    return "/"
        + type.endpoint()
        + "/"
        + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private ResourceType type(RequestContext context, String endpoint) {
    return types
        .byEndpoint(context.tenant(), endpoint)
        .orElseThrow(
            () ->
                ScimException.notFound(
                    "There is no resource type at /" + endpoint + "; see /ResourceTypes"));
  }

  private static Selection selection(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? Selection.DEFAULT : ListRequests.selection(QueryParameters.parse(query));
  }

  /** The moment of the past that is asked for. */
  private static Optional<String> at(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? Optional.empty() : QueryParameters.parse(query).text(AT);
  }

  private static Condition ifMatch(HttpServletRequest request) {
    return EntityTags.parse("If-Match", HeaderValues.joined(request, "If-Match"));
  }
}
