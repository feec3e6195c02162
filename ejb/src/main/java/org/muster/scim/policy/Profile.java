package org.muster.scim.policy;

import java.util.Set;

/**
 * A named set of switches; whose clients a tenant has.
 *
 * @param switches what deviates from the RFCs; none in {@link #STANDARD}
 */
public record Profile(String name, Set<Switch> switches) {
  /** The RFCs to the letter. */
  public static final Profile STANDARD = new Profile("standard", Set.of());

  public Profile {
    switches = Set.copyOf(switches);
  }

  public boolean has(Switch deviation) {
    return switches.contains(deviation);
  }
}
