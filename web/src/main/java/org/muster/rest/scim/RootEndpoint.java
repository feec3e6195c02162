package org.muster.rest.scim;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.resource.Resources;

/** Resources of all types in one list (RFC 7644 sections 3.4.2.1 and 3.4.3). Thread-safe. */
@ApplicationScoped
public class RootEndpoint {
  @Inject private Resources resources;
  @Inject private ScimBodies bodies;

  Optional<Route> route(List<String> path) {
    if (path.isEmpty()) {
      return Optional.of(new Route().on(Method.GET, this::list));
    }
    return path.size() == 1 && path.get(0).equals(".search")
        ? Optional.of(new Route().on(Method.POST, this::search))
        : Optional.empty();
  }

  private Answer list(HttpServletRequest request) {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    return Answers.list(resources.listAll(Exchange.context(request), ListRequests.of(parameters)));
  }

  private Answer search(HttpServletRequest request) throws IOException {
    return Answers.list(
        resources.listAll(Exchange.context(request), ListRequests.of(bodies.read(request))));
  }
}
