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
import org.muster.scim.discovery.Discovery;
import org.muster.scim.resource.Representation;
import org.muster.scim.resource.RequestContext;

/** What the server can do and keeps (RFC 7644 section 4). Thread-safe. */
@ApplicationScoped
public class DiscoveryEndpoint {
  @Inject private Discovery discovery;

  /** One of the documents about the service. */
  @FunctionalInterface
  private interface Document {
    Representation of(RequestContext context, Optional<String> filter);
  }

  Optional<Route> route(List<String> path) {
    String first = path.get(0);
    if (path.size() == 1) {
      return switch (first) {
        case "ServiceProviderConfig" -> Optional.of(get(discovery::serviceProviderConfig));
        case "Schemas" -> Optional.of(get(discovery::schemas));
        case "ResourceTypes" -> Optional.of(get(discovery::resourceTypes));
        default -> Optional.empty();
      };
    }
    if (path.size() == 2) {
      String name = path.get(1);
      return switch (first) {
        case "Schemas" ->
            Optional.of(get((context, filter) -> discovery.schema(context, name, filter)));
        case "ResourceTypes" ->
            Optional.of(get((context, filter) -> discovery.resourceType(context, name, filter)));
        default -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  private static Route get(Document document) {
    return new Route().on(Method.GET, request -> answer(document, request));
  }

  private static Answer answer(Document document, HttpServletRequest request) throws IOException {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    Optional<String> filter = QueryParameters.parse(request.getQueryString()).text("filter");
    return Answers.found(request, document.of(Exchange.context(request), filter));
  }
}
