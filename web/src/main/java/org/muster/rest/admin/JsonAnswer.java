package org.muster.rest.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.storage.JsonDocument;

/** How administration answers: JSON that nobody keeps, lists in pages. */
public final class JsonAnswer {
  private static final int PAGE_USUAL = 100;
  private static final int PAGE_MOST = 1000;

  private JsonAnswer() {}

  /** An answer with a body. */
  public static Response of(Response.ResponseBuilder response, ObjectNode json) {
    byte[] bytes = JsonDocument.of(json).text().getBytes(StandardCharsets.UTF_8);
    return response
        .entity(bytes)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }

  /**
   * A page of a list.
   *
   * @param found one more than {@code limit}, if there are so many
   * @param id what the next page begins behind
   */
  public static <T> ObjectNode page(
      List<T> found, int limit, Function<T, ObjectNode> json, Function<T, String> id) {
    ObjectNode page = JsonDocument.MAPPER.createObjectNode();
    page.putArray("items").addAll(found.stream().limit(limit).map(json).toList());
    if (found.size() > limit) {
      page.put("nextCursor", id.apply(found.get(limit - 1)));
    }
    return page;
  }

  /** How many items a page may have. */
  public static int limit(QueryParameters parameters) {
    int limit = parameters.number("limit").orElse(PAGE_USUAL);
    if (limit < 1 || limit > PAGE_MOST) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE, "limit must be 1 to " + PAGE_MOST);
    }
    return limit;
  }
}
