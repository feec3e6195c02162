package org.muster.rest.storage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.muster.feed.FeedAccess;
import org.muster.kernel.TenantId;
import org.muster.projection.Activity;
import org.muster.projection.ActivityQuery;
import org.muster.projection.ActivityStore;
import org.muster.rest.admin.JsonAnswer;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.scim.schema.ResourceTypes;
import org.muster.security.Scope;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/**
 * What would take a look at all resources of a tenant, answered by a read model that follows the
 * events. Thread-safe.
 */
@ApplicationScoped
@Path("storage/v1/reports")
public class ReportsEndpoint {
  private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})-(.+)");

  @Inject private ActivityStore activity;
  @Inject private FeedAccess access;
  @Inject private ResourceTypes types;

  /** How many resources of each type there are, active or not. */
  @GET
  @Path("counts")
  public Response counts(@Context HttpServletRequest request) {
    ObjectNode json = JsonDocument.MAPPER.createObjectNode();
    ArrayNode items = json.putArray("items");
    activity
        .counts(tenant(request, QueryParameters.parse(request.getQueryString())))
        .forEach(
            (collection, count) ->
                items
                    .addObject()
                    .put("collection", collection)
                    .put("count", count.live())
                    .put("active", count.active())
                    .put("inactive", count.inactive()));
    return JsonAnswer.of(Response.ok(), json);
  }

  /**
   * Those that were not changed since {@code before} (RFC 3339; now if absent), the longest first:
   * of {@code collection} (User if absent), with {@code active} (true, false, any; false if
   * absent); {@code limit} and {@code cursor} page them.
   */
  @GET
  @Path("inactive")
  public Response inactive(@Context HttpServletRequest request) {
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    TenantId tenant = tenant(request, parameters);
    String collection = parameters.text("collection").orElse("User");
    if (types.byName(tenant, collection).isEmpty()) {
      throw invalid("collection must be the name of a resource type, for instance User");
    }
    int limit = JsonAnswer.limit(parameters);
    List<Activity> found =
        activity.page(
            new ActivityQuery(
                tenant,
                collection,
                active(parameters.text("active").orElse("false")),
                parameters.text("before").map(ReportsEndpoint::time).orElseGet(Instant::now),
                parameters.text("cursor").map(ReportsEndpoint::place),
                limit + 1));
    return JsonAnswer.of(
        Response.ok(),
        JsonAnswer.page(found, limit, ReportsEndpoint::json, ReportsEndpoint::cursor));
  }

  private TenantId tenant(HttpServletRequest request, QueryParameters parameters) {
    return access.tenant(Exchange.caller(request), Scope.STORAGE_READ, parameters.text("tenant"));
  }

  private static ObjectNode json(Activity item) {
    ObjectNode json = JsonDocument.MAPPER.createObjectNode();
    json.put("id", item.id());
    item.active().ifPresent(active -> json.put("active", active));
    return json.put("modified", item.modified().toString());
  }

  private static Optional<Boolean> active(String word) {
    return switch (word) {
      case "any" -> Optional.empty();
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> throw invalid("active must be true, false or any");
    };
  }

  private static Instant time(String text) {
    try {
      return Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeParseException | ArithmeticException e) {
      throw invalid("before must be a time such as 2026-01-31T12:00:00Z (with + as %2B)");
    }
  }

  private static String cursor(Activity item) {
    return item.modified().toEpochMilli() + "-" + item.id();
  }

  private static ActivityQuery.Place place(String cursor) {
    Matcher matcher = CURSOR.matcher(cursor);
    if (!matcher.matches() || !StorageKey.isId(matcher.group(2))) {
      throw invalid("cursor must be the nextCursor of the page before");
    }
    return new ActivityQuery.Place(
        Instant.ofEpochMilli(Long.parseLong(matcher.group(1))), matcher.group(2));
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
