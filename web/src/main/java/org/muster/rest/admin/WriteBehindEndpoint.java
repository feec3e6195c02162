package org.muster.rest.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.security.Reach;
import org.muster.storage.DeadWrite;
import org.muster.storage.StorageException;
import org.muster.storage.WriteBehind;

/**
 * The writes that this node has acknowledged before the store had them, and those that it did not
 * take; for administrators of the platform. Thread-safe.
 */
@ApplicationScoped
@Path("admin/v1/write-behind")
public class WriteBehindEndpoint {
  @Inject private WriteBehind behind;

  /** How it is. */
  @GET
  public Response state(@Context HttpServletRequest request) {
    Reach.requirePlatform(Exchange.caller(request));
    return JsonAnswer.of(Response.ok(), WriteBehindJson.state(behind.isOn(), behind.figures()));
  }

  /** A page of dead letters, without the documents; {@code limit} and {@code cursor} page it. */
  @GET
  @Path("dead-letters")
  public Response page(@Context HttpServletRequest request) {
    Reach.requirePlatform(Exchange.caller(request));
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    int limit = JsonAnswer.limit(parameters);
    long after =
        parameters
            .text("cursor")
            .map(
                text ->
                    number(text)
                        .orElseThrow(() -> invalid("cursor must be nextCursor of the page before")))
            .orElse(0L);
    List<DeadWrite> found = behind.letters(after, limit + 1);
    return JsonAnswer.of(
        Response.ok(),
        JsonAnswer.page(
            found, limit, WriteBehindJson::letter, letter -> Long.toString(letter.id())));
  }

  /** One of them, with the document. */
  @GET
  @Path("dead-letters/{letter}")
  public Response letter(@Context HttpServletRequest request, @PathParam("letter") String letter) {
    Reach.requirePlatform(Exchange.caller(request));
    DeadWrite.Whole whole =
        number(letter).flatMap(behind::letter).orElseThrow(WriteBehindEndpoint::notFound);
    ObjectNode json = WriteBehindJson.letter(whole.letter());
    json.set("document", whole.document().tree());
    return JsonAnswer.of(Response.ok(), json);
  }

  /** Has the store do it; {@code overwrite=true} writes over what is there by now. */
  @POST
  @Path("dead-letters/{letter}/.retry")
  public Response retry(@Context HttpServletRequest request, @PathParam("letter") String letter) {
    Reach.requirePlatform(Exchange.caller(request));
    String overwrite =
        QueryParameters.parse(request.getQueryString()).text("overwrite").orElse("false");
    if (!overwrite.equals("true") && !overwrite.equals("false")) {
      throw invalid("overwrite must be true or false");
    }
    long id = number(letter).orElseThrow(WriteBehindEndpoint::notFound);
    try {
      if (!behind.retry(id, overwrite.equals("true"))) {
        throw notFound();
      }
    } catch (StorageException.Conflict e) {
      throw new ScimException(
          409,
          "The document is not as it was when the write was acknowledged; overwrite=true writes"
              + " over it");
    } catch (DeadWrite.InWork e) {
      throw inWork();
    }
    return Response.noContent().build();
  }

  /** Gives one up for good. */
  @DELETE
  @Path("dead-letters/{letter}")
  public Response discard(@Context HttpServletRequest request, @PathParam("letter") String letter) {
    Reach.requirePlatform(Exchange.caller(request));
    try {
      if (!behind.discard(number(letter).orElseThrow(WriteBehindEndpoint::notFound))) {
        throw notFound();
      }
    } catch (DeadWrite.InWork e) {
      throw inWork();
    }
    return Response.noContent().build();
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }

  private static ScimException inWork() {
    return new ScimException(409, "Somebody else retries or discards the dead letter just now");
  }

  private static ScimException notFound() {
    return ScimException.notFound("There is no such dead letter");
  }
}
