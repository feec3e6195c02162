package org.muster.scim.edit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.scim.ScimException;

/** Where in a resource a value stands; the text is made only when a message wants it. */
record Place(@Nullable Place parent, String name) {

  /** An attribute of the core schema, or of the extension with that URN. */
  static Place of(Optional<String> extension, String name) {
    return extension
        .map(urn -> new Place(new Place(null, urn), name))
        .orElse(new Place(null, name));
  }

  /** A sub-attribute of this attribute. */
  Place sub(String subName) {
    return new Place(this, subName);
  }

  /** 400 invalidValue: what stands here is not as it must be. */
  ScimException invalidValue(String must) {
    return failure(ScimException.Type.INVALID_VALUE, this + " " + must);
  }

  /** 400 mutability: what stands here can't be changed so. */
  ScimException mutability(String why) {
    return failure(ScimException.Type.MUTABILITY, this + " " + why);
  }

  /** 400 invalidSyntax: the name is there twice, in different case. */
  ScimException twice() {
    return failure(
        ScimException.Type.INVALID_SYNTAX,
        this + " is there more than once; names of attributes are the same in any case");
  }

  private ScimException failure(ScimException.Type type, String detail) {
    return ScimException.badRequest(type, Optional.of(toString()), detail);
  }

  @Override
  public String toString() {
    if (parent == null) {
      return name;
    }
    return parent + (parent.name.indexOf(':') >= 0 ? ":" : ".") + name;
  }
}
