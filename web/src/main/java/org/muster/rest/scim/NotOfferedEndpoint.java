package org.muster.rest.scim;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.muster.scim.ScimException;

/** What RFC 7644 describes and this server does not offer: 501 (section 3.12). */
@ApplicationScoped
@Path(ScimPaths.BASE)
public class NotOfferedEndpoint {
  private static final String SEARCH =
      "Searching all resource types at once is not offered; search each type at its endpoint";
  private static final String ME = "/Me is not offered; address the user by its id, as /Users/{id}";

  @GET
  public Response listAll() {
    throw notOffered(SEARCH);
  }

  @POST
  @Path(".search")
  public Response searchAll() {
    throw notOffered(SEARCH);
  }

  @POST
  @Path("Bulk")
  public Response bulk() {
    throw notOffered("Bulk is not offered; send each operation as a request of its own");
  }

  @GET
  @Path("Me")
  public Response me() {
    throw notOffered(ME);
  }

  @POST
  @Path("Me")
  public Response createMe() {
    throw notOffered(ME);
  }

  @PUT
  @Path("Me")
  public Response replaceMe() {
    throw notOffered(ME);
  }

  @PATCH
  @Path("Me")
  public Response patchMe() {
    throw notOffered(ME);
  }

  @DELETE
  @Path("Me")
  public Response deleteMe() {
    throw notOffered(ME);
  }

  private static ScimException notOffered(String detail) {
    return new ScimException(501, detail);
  }
}
