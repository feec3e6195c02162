package org.muster.scim.projection;

import java.util.List;

/**
 * Which attributes the client wants in the answer, as it said it (RFC 7644 section 3.9).
 *
 * @param attributes names of "attributes"; empty if the parameter is absent
 * @param excluded names of "excludedAttributes"; empty if the parameter is absent
 */
public record Selection(List<String> attributes, List<String> excluded) {
  /** Nothing said: the default set. */
  public static final Selection DEFAULT = new Selection(List.of(), List.of());

  public Selection {
    attributes = List.copyOf(attributes);
    excluded = List.copyOf(excluded);
  }
}
