package org.muster.rest.scim;

/** Where SCIM is served. */
final class ScimPaths {
  /**
   * The tenant of the credential, or a tenant by name. All endpoints stand at this path, and not at
   * longer ones: JAX-RS would look no further than into the class with the longest.
   */
  static final String BASE = "{base: scim/v2|t/[^/]+/scim/v2}";

  private ScimPaths() {}
}
