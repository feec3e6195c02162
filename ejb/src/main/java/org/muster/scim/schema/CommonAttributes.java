package org.muster.scim.schema;

import java.util.List;
import java.util.Optional;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.Attribute.Returned;
import org.muster.scim.schema.Attribute.Uniqueness;

/**
 * The attributes that every resource has (RFC 7643 section 3.1) whatever its schemas; they belong
 * to no schema.
 */
public final class CommonAttributes {
  /** The URNs of the schemas that a resource has values of; they are compared in any case. */
  public static final Attribute SCHEMAS =
      attribute(
          "schemas",
          Attribute.Type.REFERENCE,
          true,
          "The URIs of the schemas of the resource.",
          false,
          Mutability.READ_WRITE,
          Returned.ALWAYS);

  /** The identifier that the server gave. */
  public static final Attribute ID =
      new Attribute(
          "id",
          Attribute.Type.STRING,
          false,
          "The identifier of the resource, given by the service.",
          false,
          List.of(),
          true,
          Mutability.READ_ONLY,
          Returned.ALWAYS,
          Uniqueness.GLOBAL,
          List.of(),
          List.of(),
          Optional.empty());

  /** The identifier that the client gave. */
  public static final Attribute EXTERNAL_ID =
      attribute(
          "externalId",
          Attribute.Type.STRING,
          false,
          "The identifier of the resource as the provisioning client has it.",
          true,
          Mutability.READ_WRITE,
          Returned.DEFAULT);

  /** What the server says of the resource. */
  public static final Attribute META =
      new Attribute(
          "meta",
          Attribute.Type.COMPLEX,
          false,
          "What the service knows of the resource.",
          false,
          List.of(),
          false,
          Mutability.READ_ONLY,
          Returned.DEFAULT,
          Uniqueness.NONE,
          List.of(),
          List.of(
              meta("resourceType", Attribute.Type.STRING, "The name of the resource type."),
              meta("created", Attribute.Type.DATE_TIME, "When the resource was created."),
              meta("lastModified", Attribute.Type.DATE_TIME, "When the resource was last changed."),
              meta("location", Attribute.Type.REFERENCE, "The URI of the resource."),
              meta("version", Attribute.Type.STRING, "The entity tag of the resource.")),
          Optional.empty());

  /** All of them, in the order in which a resource shows them. */
  public static final List<Attribute> ALL = List.of(SCHEMAS, ID, EXTERNAL_ID, META);

  private CommonAttributes() {}

  private static Attribute meta(String name, Attribute.Type type, String description) {
    return attribute(name, type, false, description, true, Mutability.READ_ONLY, Returned.DEFAULT);
  }

  private static Attribute attribute(
      String name,
      Attribute.Type type,
      boolean multiValued,
      String description,
      boolean caseExact,
      Mutability mutability,
      Returned returned) {
    return new Attribute(
        name,
        type,
        multiValued,
        description,
        false,
        List.of(),
        caseExact,
        mutability,
        returned,
        Uniqueness.NONE,
        List.of(),
        List.of(),
        Optional.empty());
  }
}
