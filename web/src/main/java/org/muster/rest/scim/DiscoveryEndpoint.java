package org.muster.rest.scim;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.discovery.Discovery;

/** What the server can do and keeps (RFC 7644 section 4). Thread-safe. */
@ApplicationScoped
@Path(ScimPaths.BASE)
public class DiscoveryEndpoint {
  static final Set<String> PATHS = Set.of("ServiceProviderConfig", "Schemas", "ResourceTypes");
  @Inject private Discovery discovery;

  /** The configuration of the service. */
  @GET
  @Path("ServiceProviderConfig")
  public Response serviceProviderConfig(@Context HttpServletRequest request) throws IOException {
    return Answers.found(
        request, discovery.serviceProviderConfig(Exchange.context(request), filter(request)));
  }

  /** All schemas. */
  @GET
  @Path("Schemas")
  public Response schemas(@Context HttpServletRequest request) throws IOException {
    return Answers.found(request, discovery.schemas(Exchange.context(request), filter(request)));
  }

  /** One schema, by its URN. */
  @GET
  @Path("Schemas/{urn}")
  public Response schema(@Context HttpServletRequest request, @PathParam("urn") String urn)
      throws IOException {
    return Answers.found(
        request, discovery.schema(Exchange.context(request), urn, filter(request)));
  }

  /** All resource types. */
  @GET
  @Path("ResourceTypes")
  public Response resourceTypes(@Context HttpServletRequest request) throws IOException {
    return Answers.found(
        request, discovery.resourceTypes(Exchange.context(request), filter(request)));
  }

  /** One resource type, by its name. */
  @GET
  @Path("ResourceTypes/{name}")
  public Response resourceType(@Context HttpServletRequest request, @PathParam("name") String name)
      throws IOException {
    return Answers.found(
        request, discovery.resourceType(Exchange.context(request), name, filter(request)));
  }

  private static Optional<String> filter(HttpServletRequest request) {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    return QueryParameters.parse(request.getQueryString()).text("filter");
  }
}
