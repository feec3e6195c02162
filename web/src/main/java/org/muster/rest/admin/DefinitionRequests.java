package org.muster.rest.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.muster.access.Definition.Kind;
import org.muster.kernel.TenantId;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.EntityTags;
import org.muster.rest.request.JsonBody;
import org.muster.rest.request.MediaTypes;
import org.muster.scim.ScimException;
import org.muster.scim.definition.Definitions;
import org.muster.scim.definition.Shown;
import org.muster.scim.resource.Condition;
import org.muster.storage.JsonDocument;

/** Answers requests for definitions of either kind. Thread-safe. */
@ApplicationScoped
public class DefinitionRequests {
  private static final JsonBody BODIES = new JsonBody(JsonDocument.MAX_BYTES);

  @Inject private TenantAccess access;
  @Inject private Definitions definitions;

  Response list(HttpServletRequest request, String tenant, Kind kind) {
    List<Shown> found = definitions.list(tenant(request, tenant), kind);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    found.forEach(each -> items.add(each.json()));
    return json(Response.ok(), json);
  }

  Response find(HttpServletRequest request, String tenant, Kind kind, String name) {
    Shown found =
        definitions
            .find(tenant(request, tenant), kind, name)
            .orElseThrow(() -> ScimException.notFound("There is no such definition"));
    String tag = Long.toString(found.version());
    if (!EntityTags.isModified(condition(request, "If-None-Match"), tag)) {
      return Response.notModified().header("ETag", EntityTags.weak(tag)).build();
    }
    return shown(Response.ok(), found);
  }

  Response create(HttpServletRequest request, String tenant, Kind kind) throws IOException {
    TenantId owner = tenant(request, tenant);
    Shown made = definitions.create(owner, kind, body(request), Exchange.origin(request));
    String name = URLEncoder.encode(made.name(), StandardCharsets.UTF_8).replace("%3A", ":");
    return shown(
        Response.created(
            URI.create("/admin/v1/tenants/" + owner.value() + "/" + path(kind) + "/" + name)),
        made);
  }

  Response replace(HttpServletRequest request, String tenant, Kind kind, String name)
      throws IOException {
    TenantId owner = tenant(request, tenant);
    Condition ifMatch = condition(request, "If-Match");
    return shown(
        Response.ok(),
        definitions.replace(owner, kind, name, ifMatch, body(request), Exchange.origin(request)));
  }

  Response delete(HttpServletRequest request, String tenant, Kind kind, String name) {
    TenantId owner = tenant(request, tenant);
    definitions.delete(owner, kind, name, condition(request, "If-Match"), Exchange.origin(request));
    return Response.noContent().build();
  }

  Response load(HttpServletRequest request, String tenant) throws IOException {
    TenantId owner = tenant(request, tenant);
    ObjectNode body = body(request);
    if (body.size() != 1 || !body.path("set").isTextual()) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE, "The body must be {\"set\": \"…\"}");
    }
    String set = body.path("set").textValue();
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("set", set);
    ArrayNode added = json.putArray("added");
    definitions.load(owner, set, Exchange.origin(request)).forEach(added::add);
    return json(Response.ok(), json);
  }

  private TenantId tenant(HttpServletRequest request, String name) {
    return access.administered(Exchange.caller(request), name);
  }

  private static ObjectNode body(HttpServletRequest request) throws IOException {
    MediaTypes.requireJson(request.getContentType());
    return BODIES.read(request.getInputStream(), request.getContentLengthLong());
  }

  private static Condition condition(HttpServletRequest request, String header) {
    List<String> values = Collections.list(request.getHeaders(header));
    return EntityTags.parse(header, values.isEmpty() ? null : String.join(",", values));
  }

  private static String path(Kind kind) {
    return kind == Kind.SCHEMA ? "schemas" : "resource-types";
  }

  private static Response shown(Response.ResponseBuilder response, Shown shown) {
    return json(
        response.header("ETag", EntityTags.weak(Long.toString(shown.version()))),
        (ObjectNode) shown.json());
  }

  private static Response json(Response.ResponseBuilder response, ObjectNode json) {
    byte[] bytes = JsonDocument.of(json).text().getBytes(StandardCharsets.UTF_8);
    return response
        .entity(bytes)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }
}
