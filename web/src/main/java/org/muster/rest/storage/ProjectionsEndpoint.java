package org.muster.rest.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.muster.event.projection.Progress;
import org.muster.event.projection.ProjectionStatus;
import org.muster.event.projection.Projections;
import org.muster.event.projection.Verification;
import org.muster.rest.admin.JsonAnswer;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.JsonBody;
import org.muster.rest.request.MediaTypes;
import org.muster.scim.ScimException;
import org.muster.security.Reach;
import org.muster.storage.JsonDocument;

/** The projections of the events, for administrators of the platform. Thread-safe. */
@ApplicationScoped
@Path("storage/v1/projections")
public class ProjectionsEndpoint {
  private static final JsonBody BODIES = new JsonBody(4096);
  private static final String STATE = "state";
  @Inject private Projections projections;

  /** All of them. */
  @GET
  public Response list(@Context HttpServletRequest request) {
    Reach.requirePlatform(Exchange.caller(request));
    ObjectNode json = JsonDocument.MAPPER.createObjectNode();
    ArrayNode items = json.putArray("items");
    projections.all().forEach(each -> items.add(json(each)));
    return JsonAnswer.of(Response.ok(), json);
  }

  /** One of them. */
  @GET
  @Path("{name}")
  public Response get(@Context HttpServletRequest request, @PathParam("name") String name) {
    Reach.requirePlatform(Exchange.caller(request));
    return answer(Response.ok(), name);
  }

  /** Stops it or lets it go on. */
  @PATCH
  @Path("{name}")
  public Response patch(@Context HttpServletRequest request, @PathParam("name") String name)
      throws IOException {
    Reach.requirePlatform(Exchange.caller(request));
    MediaTypes.requireMergePatch(request.getContentType());
    ObjectNode body = BODIES.read(request.getInputStream(), request.getContentLengthLong());
    JsonNode state = body.path(STATE);
    if (body.size() != 1
        || !(state.asText().equals("paused") || state.asText().equals("running"))) {
      throw FeedRequest.invalid("The body must be an object with state alone, paused or running");
    }
    require(state.asText().equals("paused") ? projections.pause(name) : projections.resume(name));
    return answer(Response.ok(), name);
  }

  /** Begins to make it anew of all events. */
  @POST
  @Path("{name}/.rebuild")
  public Response rebuild(@Context HttpServletRequest request, @PathParam("name") String name) {
    Reach.requirePlatform(Exchange.caller(request));
    require(projections.rebuild(name));
    return answer(Response.accepted(), name);
  }

  /** Holds it against the events; takes as long as reading all of both. */
  @POST
  @Path("{name}/.verify")
  public Response verify(@Context HttpServletRequest request, @PathParam("name") String name) {
    Reach.requirePlatform(Exchange.caller(request));
    if (projections.find(name).isEmpty()) {
      throw notFound();
    }
    Verification found =
        projections
            .verify(name)
            .orElseThrow(
                () -> new ScimException(409, "There is nothing to hold this projection against"));
    ObjectNode json =
        JsonDocument.MAPPER
            .createObjectNode()
            .put("name", name)
            .put("equal", found.equal())
            .put("documents", found.documents())
            .put("links", found.links())
            .put("unknown", found.unknown());
    found.differences().forEach(json.putArray("differences")::add);
    return JsonAnswer.of(Response.ok(), json.put("more", found.more()));
  }

  private Response answer(Response.ResponseBuilder response, String name) {
    return JsonAnswer.of(
        response,
        projections
            .find(name)
            .map(ProjectionsEndpoint::json)
            .orElseThrow(ProjectionsEndpoint::notFound));
  }

  private static void require(Projections.Outcome outcome) {
    switch (outcome) {
      case DONE -> {
        // the answer says how it is by now
      }
      case UNKNOWN -> throw notFound();
      case BUSY ->
          throw new ScimException(409, "The projection is being made anew; wait until it runs");
      case INSEPARABLE ->
          throw new ScimException(409, "The projection is part of every write and can't be paused");
    }
  }

  private static ScimException notFound() {
    return ScimException.notFound("There is no such projection");
  }

  private static ObjectNode json(ProjectionStatus status) {
    Progress progress = status.progress();
    ObjectNode json =
        JsonDocument.MAPPER
            .createObjectNode()
            .put("name", progress.name())
            .put(STATE, status.state())
            .put("phase", progress.phase().word())
            .put("position", progress.position().toString())
            .put("events", progress.done())
            .put("behind", status.behind())
            .put("lagSeconds", status.lag().toSeconds())
            .put("started", progress.started().toString())
            .put("updated", progress.updated().toString());
    progress.error().ifPresent(error -> json.put("error", error));
    status.perSecond().ifPresent(rate -> json.put("eventsPerSecond", Math.round(rate)));
    status.left().ifPresent(left -> json.put("secondsLeft", left.toSeconds()));
    return json;
  }
}
