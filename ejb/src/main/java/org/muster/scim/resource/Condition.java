package org.muster.scim.resource;

import java.util.List;

/** What If-Match or If-None-Match says (RFC 9110 section 13.1), parsed. */
public sealed interface Condition {
  /** The header is absent. */
  record None() implements Condition {}

  /** The header is {@code *}. */
  record Star() implements Condition {}

  /**
   * A list of entity tags.
   *
   * @param opaque the opaque parts, without quotes and without W/ (comparison is weak)
   */
  record Tags(List<String> opaque) implements Condition {
    public Tags {
      opaque = List.copyOf(opaque);
    }
  }
}
