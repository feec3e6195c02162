package org.muster.rest.bench;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.muster.config.Settings;

/** The limit of JAX-RS: a constant, from a bean that is injected as those of SCIM are. */
@ApplicationScoped
@Path("bench/jaxrs")
public class BenchEndpoint {
  private static final MediaType SCIM_JSON = new MediaType("application", "scim+json");
  private static final byte[] JSON = Constant.json();
  @Inject private Settings settings;
  private boolean offered;

  @PostConstruct
  void configure() {
    offered = settings.flag("muster.bench", false);
  }

  /** The constant. */
  @GET
  public Response constant(@Context HttpServletRequest request) {
    if (!offered) {
      throw new NotFoundException();
    }
    return Response.ok(JSON)
        .type(SCIM_JSON)
        .header("ETag", "W/\"1\"")
        .header("Cache-Control", "private, no-cache")
        .build();
  }
}
