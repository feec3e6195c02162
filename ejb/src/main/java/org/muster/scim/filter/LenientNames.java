package org.muster.scim.filter;

import java.util.List;
import java.util.Optional;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Switch;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.ResourceType;

/** Finds attributes by their names, as far as the leniency goes by less than their names. */
public final class LenientNames {
  private LenientNames() {}

  /** The attribute of that name; without its URN, if only one extension has it. */
  public static Optional<AttributePath> resolve(ResourceType type, String name, Leniency leniency) {
    Optional<AttributePath> exact = AttributePaths.resolve(type, name);
    if (exact.isPresent() || !leniency.allows(Switch.EXTENSION_NAMES_WITHOUT_URN)) {
      return exact;
    }
    List<AttributePath> found =
        type.extensions().stream()
            .map(extension -> AttributePaths.resolve(type, extension.schema().id() + ":" + name))
            .flatMap(Optional::stream)
            .toList();
    return found.size() == 1
            && leniency.coerces(
                Switch.EXTENSION_NAMES_WITHOUT_URN, name, "the URN of the extension was added")
        ? Optional.of(found.get(0))
        : Optional.empty();
  }
}
