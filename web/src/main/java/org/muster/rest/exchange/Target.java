package org.muster.rest.exchange;

import java.util.Optional;

/**
 * What a request is for, read from its raw path: the container's decoded path could be another one
 * than the one that is served.
 *
 * @param area which rules of access and of errors hold
 * @param tenant the tenant that the path names, unchecked
 * @param base what stands before the resource, for instance "/scim/v2"; empty outside of SCIM
 * @param rest what stands behind the base, for instance "/Users/2819c223"
 */
public record Target(Area area, Optional<String> tenant, String base, String rest) {
  private static final String SCIM = "/scim";
  private static final String SCIM_2 = "/scim/v2";
  private static final String TENANTS = "/t/";

  /** A part of the HTTP interface. */
  public enum Area {
    /** SCIM: access by SCIM scopes, errors as RFC 7644 section 3.12 has them. */
    SCIM,
    /** Everything else that takes a credential; errors are problem details. */
    PROTECTED,
    /** What anybody may see. */
    OPEN
  }

  /** The target of a raw path, as it stands in the request line. */
  public static Target of(String path) {
    if (under(path, SCIM)) {
      return scim(Optional.empty(), "", path);
    }
    if (path.startsWith(TENANTS)) {
      int end = path.indexOf('/', TENANTS.length());
      if (end > 0 && under(path.substring(end), SCIM)) {
        String tenant = path.substring(TENANTS.length(), end);
        return scim(Optional.of(tenant), path.substring(0, end), path.substring(end));
      }
    }
    return new Target(isOpen(path) ? Area.OPEN : Area.PROTECTED, Optional.empty(), "", path);
  }

  private static Target scim(Optional<String> tenant, String before, String path) {
    boolean known = under(path, SCIM_2);
    String base = before + (known ? SCIM_2 : SCIM);
    return new Target(
        Area.SCIM, tenant, base, path.substring(known ? SCIM_2.length() : SCIM.length()));
  }

  private static boolean under(String path, String prefix) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }

  /** A path is open by being listed here; one that is spelled in an unusual way is not. */
  private static boolean isOpen(String path) {
    return path.equals("/")
        || under(
            path, "/health") // the server's own, which it puts into the application at the root
        || under(path, "/metrics")
        || under(path, "/openapi")
        || path.equals("/.well-known/jwks.json")
        || path.equals("/favicon.ico")
        || path.equals("/bench/jaxrs")
        || path.equals("/bench/servlet");
  }
}
