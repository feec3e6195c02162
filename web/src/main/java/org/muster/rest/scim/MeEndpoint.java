package org.muster.rest.scim;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.muster.scim.ScimException;
import org.muster.scim.resource.RequestContext;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;

/**
 * The user that the credential belongs to, under the name {@code /Me} (RFC 7644 section 3.11): the
 * same as under its own, which the Location header says, from the moment on that the credential is
 * known ({@link org.muster.rest.request.MeLocation}). Thread-safe.
 */
@ApplicationScoped
public class MeEndpoint {
  private static final String USER = "User";

  @Inject private ResourcesEndpoint resources;
  @Inject private ResourceTypes types;

  Optional<Route> route(RequestContext context, List<String> path) {
    if (!path.get(0).equals("Me") || path.size() > 2) {
      return Optional.empty();
    }
    ResourceType type = types.byName(context.tenant(), USER).orElseThrow(MeEndpoint::nobody);
    String id = context.caller().subject().orElseThrow(MeEndpoint::nobody);
    List<String> more = path.subList(1, path.size());
    Route route = resources.ofAlias(context, type, id, more);
    if (more.isEmpty()) {
      route.on(Method.POST, request -> create(context, type, id, request));
    }
    return Optional.of(route);
  }

  /** The user that a credential was made for, before there was one. */
  private Answer create(
      RequestContext context, ResourceType type, String id, HttpServletRequest request)
      throws IOException {
    return resources.create(context, type, Optional.of(id), request);
  }

  private static ScimException nobody() {
    return ScimException.notFound(
        "The credential belongs to no user; a token says whose it is by its subject");
  }
}
