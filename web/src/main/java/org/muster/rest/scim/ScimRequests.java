package org.muster.rest.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.muster.kernel.TenantId;
import org.muster.rest.error.Failure;
import org.muster.rest.error.Failures;
import org.muster.rest.request.EntityTags;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.scim.explain.Question;
import org.muster.scim.projection.Selection;
import org.muster.scim.resource.Condition;
import org.muster.scim.resource.Resources;
import org.muster.scim.resource.Write;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;

/**
 * Reads requests that are written down as the SCIM interface reads those that arrive: the same
 * segments, parameters, conditions and media types. Thread-safe.
 */
@ApplicationScoped
public class ScimRequests {
  private static final Set<String> OTHERS =
      Set.of(
          ".search", ".async", "Bulk", "Me", "ResourceTypes", "Schemas", "ServiceProviderConfig");

  @Inject private ResourceTypes types;

  /**
   * What is asked for.
   *
   * @throws ScimException what the client of the request would be told
   */
  public Question question(TenantId tenant, ScimRequest request) {
    try {
      return read(tenant, request);
    } catch (Failure.Refusal e) {
      throw new ScimException(e.failure().status(), e.failure().detail());
    }
  }

  private Question read(TenantId tenant, ScimRequest request) {
    Method method = Method.of(request.method());
    List<String> path = Segments.of(request.path());
    if (path.isEmpty() || OTHERS.contains(path.get(0)) || path.size() > 2) {
      throw new ScimException(
          501, "Only requests on /{type}, /{type}/{id} and /{type}/.search are explained");
    }
    ResourceType type =
        types.byEndpoint(tenant, path.get(0)).orElseThrow(() -> noSuchType(path.get(0)));
    if (path.size() == 1) {
      return ofType(method, type, request);
    }
    return path.get(1).equals(".search")
        ? search(method, type, request)
        : ofResource(method, type, path.get(1), request);
  }

  private static Question ofType(Method method, ResourceType type, ScimRequest request) {
    return switch (method) {
      case GET, HEAD -> {
        acceptable(request);
        yield new Question.Search(type, ListRequests.of(parameters(request)));
      }
      case POST -> {
        ObjectNode body = body(request);
        Write create = new Write.Create(type, Resources.newId(), body);
        yield new Question.Change(create, selection(request));
      }
      case PUT, PATCH, DELETE, OPTIONS, TRACE -> throw notAllowed("GET, HEAD, POST");
    };
  }

  private static Question search(Method method, ResourceType type, ScimRequest request) {
    if (method != Method.POST) {
      throw notAllowed("POST");
    }
    return new Question.Search(type, ListRequests.of(body(request)));
  }

  private static Question ofResource(
      Method method, ResourceType type, String id, ScimRequest request) {
    return switch (method) {
      case GET, HEAD -> read(type, id, request);
      case PUT -> {
        Condition ifMatch = condition("If-Match", request);
        Write replace = new Write.Replace(type, id, ifMatch, body(request));
        yield new Question.Change(replace, selection(request));
      }
      case PATCH -> {
        Condition ifMatch = condition("If-Match", request);
        Selection selection = selection(request);
        yield new Question.Change(new Write.Patch(type, id, ifMatch, body(request)), selection);
      }
      case DELETE ->
          new Question.Change(
              new Write.Delete(type, id, condition("If-Match", request)), Selection.DEFAULT);
      case POST, OPTIONS, TRACE -> throw notAllowed("GET, HEAD, PUT, PATCH, DELETE");
    };
  }

  private static Question read(ResourceType type, String id, ScimRequest request) {
    acceptable(request);
    Condition ifNoneMatch = condition("If-None-Match", request);
    return new Question.Read(
        type, id, selection(request), etag -> EntityTags.isModified(ifNoneMatch, etag));
  }

  private static Condition condition(String header, ScimRequest request) {
    return EntityTags.parse(header, request.header(header.toLowerCase(Locale.ROOT)).orElse(null));
  }

  private static Selection selection(ScimRequest request) {
    return ListRequests.selection(parameters(request));
  }

  private static QueryParameters parameters(ScimRequest request) {
    return QueryParameters.parse(request.query());
  }

  private static void acceptable(ScimRequest request) {
    MediaTypes.requireAcceptable(request.header("accept").orElse(null));
  }

  /** The body; where no Content-Type is described, that of SCIM is meant. */
  private static ObjectNode body(ScimRequest request) {
    acceptable(request);
    MediaTypes.requireJson(request.header("content-type").orElse("application/scim+json"));
    JsonNode body = request.body().orElseThrow(() -> syntax("The body is empty; it must be"));
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw syntax("The body must be");
  }

  private static ScimException syntax(String beginning) {
    return ScimException.badRequest(
        ScimException.Type.INVALID_SYNTAX, beginning + " a JSON object");
  }

  private static ScimException noSuchType(String endpoint) {
    return ScimException.notFound(
        "There is no resource type at /" + endpoint + "; see /ResourceTypes");
  }

  private static ScimException notAllowed(String allowed) {
    return new ScimException(
        405, Failures.ofStatus(405).detail() + "; what is: " + allowed + ", OPTIONS");
  }
}
