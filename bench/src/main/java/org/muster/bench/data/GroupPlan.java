package org.muster.bench.data;

import java.util.function.IntUnaryOperator;

/**
 * A group to be: its name and the people in it.
 *
 * @param memberAt the person at a position from 0 to {@code size - 1}; no person twice
 */
public record GroupPlan(String displayName, int size, IntUnaryOperator memberAt) {

  /** The body that creates it, without members. */
  public String json() {
    return "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"displayName\":\""
        + displayName
        + "\"}";
  }
}
