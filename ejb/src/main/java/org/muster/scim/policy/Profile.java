package org.muster.scim.policy;

import java.util.Set;

/**
 * A named set of switches; whose clients a tenant has.
 *
 * @param description for administrators, one sentence
 * @param switches what deviates from the RFCs; none in {@link #STANDARD}
 */
public record Profile(String name, String description, Set<Switch> switches) {
  /** The RFCs to the letter. */
  public static final Profile STANDARD =
      new Profile("standard", "RFC 7643 and RFC 7644 to the letter.", Set.of());

  public Profile {
    switches = Set.copyOf(switches);
  }

  /** A profile that nobody chooses from a list. */
  public Profile(String name, Set<Switch> switches) {
    this(name, "", switches);
  }

  public boolean has(Switch deviation) {
    return switches.contains(deviation);
  }
}
