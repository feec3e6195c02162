package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.muster.scim.edit.Edit.LinkEdit;
import org.muster.scim.policy.Leniency;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.ResourceType;

/**
 * Judges the bodies of POST and PUT by the schemas of the resource type (RFC 7644 sections 3.3 and
 * 3.5.1).
 *
 * <p>Attributes and sub-attributes that no schema defines are ignored, since RFC 7644 section 3.3
 * leaves a server free to "alter and/or ignore POSTed content" and the answer shows what was kept;
 * read-only ones must be ignored. A member whose name holds a colon is meant for a schema: one that
 * the resource type does not have is refused with invalidValue.
 *
 * <p>A body without a write-only attribute leaves its value alone, since no client can read it and
 * send it back; null removes it. Immutable links can be added and never taken away.
 */
public final class ResourceValidation {
  private ResourceValidation() {}

  /**
   * What a POST of {@code body} creates. Neither argument is changed.
   *
   * @throws org.muster.scim.ScimException 400 with the scimType that RFC 7644 table 9 names
   */
  public static Edit create(ResourceType type, ObjectNode body) {
    return create(type, body, Leniency.NONE);
  }

  /** As {@link #create(ResourceType, ObjectNode)}, of a body that may deviate from the RFCs. */
  public static Edit create(ResourceType type, ObjectNode body, Leniency leniency) {
    Body read = Body.read(type, BodyCoercion.of(type, body, leniency), leniency);
    read.checkRequired(true);
    List<LinkEdit> links = new ArrayList<>(2);
    for (AttributePath attribute : Names.links(type)) {
      read.links(attribute)
          .filter(values -> !values.isEmpty())
          .ifPresent(values -> links.add(new LinkEdit.Replace(attribute, values)));
    }
    Map<String, Optional<String>> secrets = new HashMap<>(read.secrets());
    secrets.values().removeIf(Optional::isEmpty);
    return new Edit(read.document(), true, links, secrets);
  }

  /**
   * What a PUT of {@code body} makes of a resource. No argument is changed.
   *
   * @param current the stored document, in the form of {@link Edit#document}
   * @throws org.muster.scim.ScimException 400 with the scimType that RFC 7644 table 9 names
   */
  public static Edit replace(ResourceType type, ObjectNode current, ObjectNode body) {
    return replace(type, current, body, Leniency.NONE);
  }

  /** As the other one, of a body that may deviate from the RFCs. */
  public static Edit replace(
      ResourceType type, ObjectNode current, ObjectNode body, Leniency leniency) {
    Body read = Body.read(type, BodyCoercion.of(type, body, leniency), leniency);
    Immutables.keep(type, current, read.document());
    read.checkRequired(false);
    List<LinkEdit> links = new ArrayList<>(2);
    for (AttributePath attribute : Names.links(type)) {
      links.addAll(replaced(read, attribute));
    }
    boolean changed = !SameJson.test(current, read.document());
    return new Edit(read.document(), changed, links, read.secrets());
  }

  /**
   * Refuses a document that was stored under other definitions of the type and does not fit the
   * present ones: what they require is missing, or it has what they do not let a client write.
   *
   * @param stored in the form of {@link Edit#document}; not changed
   * @throws org.muster.scim.ScimException 400 with the scimType that RFC 7644 table 9 names
   */
  public static void requireFit(ResourceType type, ObjectNode stored) {
    Body read = Body.read(type, stored, Leniency.NONE);
    read.checkRequired(false);
    ObjectNode fitting = read.document();
    for (Map.Entry<String, JsonNode> member : stored.properties()) {
      String name = member.getKey();
      boolean fits =
          name.equals(Names.SCHEMAS) || SameJson.test(member.getValue(), fitting.path(name));
      if (!fits) {
        throw new Place(null, name).invalidValue("is not as the schema says");
      }
    }
  }

  private static List<LinkEdit> replaced(Body read, AttributePath path) {
    Attribute attribute = path.attribute();
    var values = read.links(path).orElse(List.of());
    if (attribute.mutability() != Mutability.IMMUTABLE) {
      return List.of(new LinkEdit.Replace(path, values));
    }
    return values.isEmpty() ? List.of() : List.of(new LinkEdit.Add(path, values));
  }
}
