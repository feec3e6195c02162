package org.muster.scim.policy;

/**
 * Something in a request that was taken for what the RFCs have for it.
 *
 * @param by the switch that allowed it
 * @param place an attribute, a path or a member of the request
 * @param what was done; never a value of the request
 */
public record Coercion(Switch by, String place, String what) {}
