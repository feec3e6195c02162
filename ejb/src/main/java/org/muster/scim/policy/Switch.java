package org.muster.scim.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A deviation from the letter of RFC 7643 and RFC 7644 that a profile may switch on. Each lets
 * something pass that is refused without it; what is accepted without it, keeps its outcome. See
 * docs/profiles.md for an example of each.
 */
public enum Switch {
  /**
   * A PATCH is answered with 200 and the resource, not with 204 (RFC 7644 section 3.5.2), unless
   * the resource holds a list of links, such as the members of a group.
   */
  PATCH_RETURNS_RESOURCE,

  /** The texts "true" and "false", in any case, stand for booleans in values and in filters. */
  BOOLEAN_AS_TEXT,

  /** A text stands for a complex value: for the JSON object that it is, or else for its value. */
  COMPLEX_AS_TEXT,

  /**
   * Empty text stands for no value where an attribute has one value and it can't be a text; so does
   * a reference whose value is empty.
   */
  EMPTY_TEXT_AS_NULL,

  /** An array of one element stands for the element where an attribute has one value. */
  ARRAY_OF_ONE,

  /** In a filter, {@code a[f].b eq v} stands for {@code a[f and b eq v]}. */
  SUB_ATTRIBUTE_BEHIND_FILTER,

  /** Add and replace of {@code a[filter]} add a value that satisfies the filter if none does. */
  UNMATCHED_FILTER_CREATES,

  /** Remove of {@code a[filter]} changes nothing if no value satisfies the filter. */
  UNMATCHED_FILTER_REMOVES_NOTHING,

  /** In the value of a PATCH operation without a path, the names of members are paths. */
  PATHS_AS_NAMES,

  /** An attribute of an extension is found by its name alone, in paths and in filters. */
  EXTENSION_NAMES_WITHOUT_URN,

  /** What no schema defines is ignored, in PATCH and among schemas and extensions. */
  IGNORE_UNKNOWN,

  /** What can't be written is ignored in PATCH as it is in POST and PUT. */
  IGNORE_READ_ONLY,

  /** The member schemas may be left out, or lack the URN that it must have. */
  SCHEMAS_OPTIONAL;

  /** The name in profiles and documentation, for instance "patch-returns-resource". */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The switch with that name. */
  public static Optional<Switch> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
