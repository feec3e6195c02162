package org.muster.rest.scim;

import java.util.List;
import java.util.Optional;
import org.muster.scim.ScimException;

/** What RFC 7644 describes and this server does not offer: 501 (section 3.12). */
final class NotOffered {
  private static final String SEARCH =
      "Searching all resource types at once is not offered; search each type at its endpoint";
  private static final String BULK =
      "Bulk is not offered; send each operation as a request of its own";
  private static final String ME = "/Me is not offered; address the user by its id, as /Users/{id}";

  private NotOffered() {}

  static Optional<Route> route(List<String> path) {
    if (path.isEmpty()) {
      return Optional.of(new Route().on(Method.GET, refusal(SEARCH)));
    }
    return path.size() > 1
        ? Optional.empty()
        : switch (path.get(0)) {
          case ".search" -> Optional.of(new Route().on(Method.POST, refusal(SEARCH)));
          case "Bulk" -> Optional.of(new Route().on(Method.POST, refusal(BULK)));
          case "Me" ->
              Optional.of(
                  new Route()
                      .on(Method.GET, refusal(ME))
                      .on(Method.POST, refusal(ME))
                      .on(Method.PUT, refusal(ME))
                      .on(Method.PATCH, refusal(ME))
                      .on(Method.DELETE, refusal(ME)));
          default -> Optional.empty();
        };
  }

  private static Route.Handler refusal(String detail) {
    return request -> {
      throw new ScimException(501, detail);
    };
  }
}
