package org.muster.rest.scim;

/** Where SCIM is served. */
final class ScimPaths {
  /** The tenant of the credential, or a tenant by name. */
  static final String BASE = "{base: scim/v2|t/[^/]+/scim/v2}";

  private ScimPaths() {}
}
