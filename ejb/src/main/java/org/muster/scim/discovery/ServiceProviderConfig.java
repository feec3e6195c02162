package org.muster.scim.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.muster.storage.Capability;

/**
 * Writes the configuration of the service (RFC 7643 section 5, RFC 9865 section 4, RFC 9967 section
 * 4).
 */
final class ServiceProviderConfig {
  private static final String URN = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";

  private ServiceProviderConfig() {}

  /** The configuration, without meta. */
  static ObjectNode write(Features features) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("schemas").add(URN);
    supported(json, "patch", true);
    supported(json, "bulk", true)
        .put("maxOperations", features.maxOperations())
        .put("maxPayloadSize", features.maxPayloadBytes());
    supported(json, "filter", true).put("maxResults", features.maxPageSize());
    supported(json, "changePassword", true);
    supported(json, "sort", features.capabilities().contains(Capability.SORT));
    supported(json, "etag", true);
    json.set("pagination", pagination(features));
    if (!features.eventUris().isEmpty()) {
      json.set("securityEvents", securityEvents(features));
    }
    json.putArray("authenticationSchemes")
        .addObject()
        .put("type", "oauthbearertoken")
        .put("name", "Bearer token")
        .put("description", "A token in the Authorization header, as RFC 6750 has it")
        .put("specUri", "https://www.rfc-editor.org/info/rfc6750")
        .put("primary", true);
    return json;
  }

  private static ObjectNode pagination(Features features) {
    boolean index = features.capabilities().contains(Capability.OFFSET);
    return JsonNodeFactory.instance
        .objectNode()
        .put("cursor", true)
        .put("index", index)
        .put("defaultPaginationMethod", index ? "index" : "cursor")
        .put("defaultPageSize", features.defaultPageSize())
        .put("maxPageSize", features.maxPageSize());
  }

  private static ObjectNode securityEvents(Features features) {
    ObjectNode events = JsonNodeFactory.instance.objectNode().put("asyncRequest", "request");
    ArrayNode uris = events.putArray("eventUris");
    features.eventUris().forEach(uris::add);
    return events;
  }

  private static ObjectNode supported(ObjectNode json, String feature, boolean supported) {
    return json.putObject(feature).put("supported", supported);
  }
}
