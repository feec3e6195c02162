package org.muster.it.protocol;

import java.net.URI;
import java.util.List;
import org.muster.it.Instance;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** A tenant of a test, with a token for it. */
record OwnTenant(Instance server, String id, String tokenId, String token) {

  /** A new tenant; {@code more} is further members of the request, such as {@code "limits":{}}. */
  static OwnTenant create(Instance server, String id, String... more) {
    String rest = more.length == 0 ? "" : "," + String.join(",", more);
    root(server).post("/admin/v1/tenants", "{\"id\":\"" + id + "\"" + rest + "}").expect(201);
    ScimResponse issued = issue(server, id, List.of("scim.read", "scim.write", "tenant.admin"));
    return new OwnTenant(server, id, issued.id(), issued.json().path("token").asText());
  }

  /** A token of a tenant. */
  static ScimResponse issue(Instance server, String id, List<String> scopes) {
    return root(server)
        .post(
            "/admin/v1/tokens",
            "{\"tenant\":\"" + id + "\",\"scopes\":[\"" + String.join("\",\"", scopes) + "\"]}")
        .expect(201);
  }

  /** The administrator of the server, at its root. */
  static ScimClient root(Instance server) {
    return new ScimClient(server.url(), server.token()).with("Content-Type", "application/json");
  }

  /** Its SCIM interface. */
  ScimClient scim() {
    return new ScimClient(server.url().resolve("/scim/v2"), token);
  }

  /** The root of the server, with its token. */
  ScimClient admin() {
    return new ScimClient(server.url(), token).with("Content-Type", "application/json");
  }

  /** Its SCIM interface by name. */
  URI path() {
    return server.url().resolve("/t/" + id + "/scim/v2");
  }
}
