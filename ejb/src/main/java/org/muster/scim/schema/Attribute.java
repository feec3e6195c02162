package org.muster.scim.schema;

import java.util.List;
import java.util.Optional;
import org.muster.storage.LinkSelector.Direction;

/**
 * The definition of one attribute (RFC 7643 section 7).
 *
 * @param link set if the values are links between documents and not part of the document
 */
public record Attribute(
    String name,
    Type type,
    boolean multiValued,
    String description,
    boolean required,
    List<String> canonicalValues,
    boolean caseExact,
    Mutability mutability,
    Returned returned,
    Uniqueness uniqueness,
    List<String> referenceTypes,
    List<Attribute> subAttributes,
    Optional<Link> link) {
  public Attribute {
    canonicalValues = List.copyOf(canonicalValues);
    referenceTypes = List.copyOf(referenceTypes);
    subAttributes = List.copyOf(subAttributes);
  }

  /** The sub-attribute of that name, in any case. */
  public Optional<Attribute> sub(String subName) {
    return subAttributes.stream().filter(a -> a.name().equalsIgnoreCase(subName)).findFirst();
  }

  /** Data types (RFC 7643 section 2.3); {@code json} is the name in a schema definition. */
  public enum Type {
    STRING,
    BOOLEAN,
    DECIMAL,
    INTEGER,
    DATE_TIME,
    BINARY,
    REFERENCE,
    COMPLEX
  }

  /** RFC 7643 section 7, "mutability". */
  public enum Mutability {
    READ_ONLY,
    READ_WRITE,
    IMMUTABLE,
    WRITE_ONLY
  }

  /** RFC 7643 section 7, "returned". */
  public enum Returned {
    ALWAYS,
    NEVER,
    DEFAULT,
    REQUEST
  }

  /** RFC 7643 section 7, "uniqueness". */
  public enum Uniqueness {
    NONE,
    SERVER,
    GLOBAL
  }

  /**
   * How the values of a complex attribute are kept as links: {@code value} is the id of the other
   * end, the sub-attributes $ref, type and display (or displayName) are derived.
   *
   * @param relation the name of the relation in storage
   * @param direction OUT: written here; IN: derived from what others link
   * @param types the names of the resource types that may stand at the other end
   */
  public record Link(String relation, Direction direction, boolean transitive, List<String> types) {
    public Link {
      types = List.copyOf(types);
    }
  }
}
