package org.muster.scim.policy;

/**
 * What holds for all SCIM requests of a tenant.
 *
 * @param ifMatchRequired whether PUT, PATCH and DELETE take If-Match (RFC 6585 section 3)
 */
public record Policy(Profile profile, Limits limits, boolean ifMatchRequired) {
  /** A policy under which If-Match is up to the client. */
  public Policy(Profile profile, Limits limits) {
    this(profile, limits, false);
  }
}
