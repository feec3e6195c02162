package org.muster.scim.policy;

/** What holds for all SCIM requests of a tenant. */
public record Policy(Profile profile, Limits limits) {}
