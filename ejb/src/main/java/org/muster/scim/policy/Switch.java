package org.muster.scim.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A deviation from the letter of RFC 7643 and RFC 7644 that a profile may switch on. */
public enum Switch {
  /** A PATCH is answered with 200 and the resource, not with 204 (RFC 7644 section 3.5.2). */
  PATCH_RETURNS_RESOURCE;

  /** The name in profiles and documentation, for instance "patch-returns-resource". */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The switch with that name. */
  public static Optional<Switch> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
