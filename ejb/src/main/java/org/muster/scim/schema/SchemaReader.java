package org.muster.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.muster.scim.ScimException;
import org.muster.scim.schema.Attribute.Link;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.Attribute.Returned;
import org.muster.scim.schema.Attribute.Uniqueness;
import org.muster.storage.LinkSelector.Direction;

/**
 * Reads a schema definition (RFC 7643 section 7), with the defaults of section 2.2. Strict: what
 * can't be meant is 400 invalidValue, with the place of the fault. Our own member {@code x-link}
 * makes a complex attribute a link.
 */
public final class SchemaReader {
  /** The URN of definitions themselves. */
  public static final String SCHEMA_URN = "urn:ietf:params:scim:schemas:core:2.0:Schema";

  private static final int MAX_ATTRIBUTES = 500;
  private static final int MAX_IN_ALL = 1_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}|\\$ref");

  // RFC 9944 puts objects with URNs as their names into an extension
  private static final Pattern URN_NAME = Pattern.compile("urn:[A-Za-z0-9][A-Za-z0-9._:-]{1,175}");
  private static final Pattern RELATION = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Set<String> SCHEMA_MEMBERS =
      Set.of("schemas", "id", "name", "description", "attributes", "meta");
  private static final Set<String> ATTRIBUTE_MEMBERS =
      Set.of(
          "name",
          "type",
          "subAttributes",
          "multiValued",
          "description",
          "required",
          "canonicalValues",
          "caseExact",
          "mutability",
          "returned",
          "uniqueness",
          "referenceTypes",
          "x-link");
  private static final Set<String> LINK_MEMBERS =
      Set.of("relation", "direction", "transitive", "types");

  private SchemaReader() {}

  /**
   * The schema that {@code json} defines.
   *
   * @throws ScimException 400 invalidValue if it is not a valid definition
   */
  public static SchemaDefinition read(JsonNode json) {
    DefinitionNode node = new DefinitionNode(json, "");
    node.allowOnly(SCHEMA_MEMBERS);
    List<String> schemas = node.texts("schemas");
    if (!schemas.isEmpty() && schemas.stream().noneMatch(SCHEMA_URN::equalsIgnoreCase)) {
      throw node.bad("schemas", "must be [\"" + SCHEMA_URN + "\"]");
    }
    List<Attribute> attributes = attributes(node, "attributes", false);
    if (attributes.isEmpty()) {
      throw node.bad("attributes", "must have at least one attribute");
    }
    int inAll = attributes.stream().mapToInt(a -> 1 + a.subAttributes().size()).sum();
    if (inAll > MAX_IN_ALL) {
      throw node.bad("attributes", "must have at most 1,000 attributes and sub-attributes in all");
    }
    String urn = node.urn("id");
    return new SchemaDefinition(
        urn,
        node.optionalText("name").orElse(urn.substring(urn.lastIndexOf(':') + 1)),
        node.optionalText("description").orElse(""),
        attributes);
  }

  private static List<Attribute> attributes(DefinitionNode node, String member, boolean nested) {
    List<DefinitionNode> items = node.objects(member);
    if (items.size() > MAX_ATTRIBUTES) {
      throw node.bad(member, "must have at most " + MAX_ATTRIBUTES + " attributes");
    }
    List<Attribute> attributes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (DefinitionNode item : items) {
      Attribute attribute = attribute(item, nested);
      if (!names.add(attribute.name().toLowerCase(Locale.ROOT))) {
        throw item.bad("name", "is taken: names are compared in any case");
      }
      attributes.add(attribute);
    }
    return attributes;
  }

  private static Attribute attribute(DefinitionNode node, boolean nested) {
    node.allowOnly(ATTRIBUTE_MEMBERS);
    Attribute.Type type = node.word("type", Attribute.Type.class, Attribute.Type.STRING);
    String name = name(node, type, nested);
    if (nested && type == Attribute.Type.COMPLEX) {
      throw node.bad("type", "must not be complex within a complex attribute");
    }
    List<Attribute> subAttributes = attributes(node, "subAttributes", true);
    if (type == Attribute.Type.COMPLEX && subAttributes.isEmpty()) {
      throw node.bad("subAttributes", "must have at least one, since the attribute is complex");
    }
    if (type != Attribute.Type.COMPLEX && !subAttributes.isEmpty()) {
      throw node.bad("subAttributes", "are for complex attributes alone");
    }
    Attribute attribute =
        new Attribute(
            name,
            type,
            node.flag("multiValued", false),
            node.optionalText("description").orElse(""),
            node.flag("required", false),
            node.texts("canonicalValues"),
            caseExact(node, type),
            node.word("mutability", Mutability.class, Mutability.READ_WRITE),
            node.word("returned", Returned.class, Returned.DEFAULT),
            node.word("uniqueness", Uniqueness.class, Uniqueness.NONE),
            node.texts("referenceTypes"),
            subAttributes,
            link(node));
    check(node, attribute, nested);
    return attribute;
  }

  private static String name(DefinitionNode node, Attribute.Type type, boolean nested) {
    String name = node.text("name");
    boolean urn = !nested && type == Attribute.Type.COMPLEX && URN_NAME.matcher(name).matches();
    if (!urn && !NAME.matcher(name).matches()) {
      throw node.bad("name", "must be a letter and up to 63 letters, digits, '_' or '-'");
    }
    if (name.equals("$ref") && !(nested && type == Attribute.Type.REFERENCE)) {
      throw node.bad("name", "may be $ref for a sub-attribute of type reference alone");
    }
    if (!nested && CommonAttributes.ALL.stream().anyMatch(c -> c.name().equalsIgnoreCase(name))) {
      throw node.bad("name", "must not be that of the common attribute " + name);
    }
    return name;
  }

  /** References and binaries are always compared exactly (RFC 7643 sections 2.3.6 and 2.3.7). */
  private static boolean caseExact(DefinitionNode node, Attribute.Type type) {
    boolean always = type == Attribute.Type.REFERENCE || type == Attribute.Type.BINARY;
    return node.flag("caseExact", always) || always;
  }

  private static void check(DefinitionNode node, Attribute attribute, boolean nested) {
    boolean writeOnly = attribute.mutability() == Mutability.WRITE_ONLY;
    if (attribute.required() && attribute.mutability() == Mutability.READ_ONLY) {
      throw node.bad("required", "must be false, since clients can't write what is readOnly");
    }
    if (!attribute.canonicalValues().isEmpty()
        && attribute.type() != Attribute.Type.STRING
        && attribute.type() != Attribute.Type.REFERENCE) {
      throw node.bad("canonicalValues", "are for strings and references alone");
    }
    if (!attribute.referenceTypes().isEmpty() && attribute.type() != Attribute.Type.REFERENCE) {
      throw node.bad("referenceTypes", "are for references alone");
    }
    if (writeOnly && attribute.returned() != Returned.NEVER) {
      throw node.bad("returned", "must be never, since the attribute is writeOnly");
    }
    if (writeOnly
        && (nested || attribute.multiValued() || attribute.type() != Attribute.Type.STRING)) {
      throw node.bad("mutability", "writeOnly is for single texts that are no sub-attribute");
    }
    if (attribute.uniqueness() != Uniqueness.NONE
        && (nested
            || writeOnly
            || attribute.multiValued()
            || attribute.type() == Attribute.Type.COMPLEX
            || attribute.type() == Attribute.Type.BOOLEAN)) {
      throw node.bad(
          "uniqueness", "must be none but for single values that are no sub-attribute or boolean");
    }
    if (nested && attribute.link().isPresent()) {
      throw node.bad("x-link", "is not for sub-attributes");
    }
    if (attribute.link().isPresent()) {
      checkLink(node, attribute, attribute.link().get());
    }
  }

  private static void checkLink(DefinitionNode node, Attribute attribute, Link link) {
    if (attribute.sub("value").filter(v -> v.type() == Attribute.Type.STRING).isEmpty()) {
      throw node.bad("x-link", "is for complex attributes with a string sub-attribute 'value'");
    }
    boolean derived = link.direction() == Direction.IN || link.transitive();
    if (derived && attribute.mutability() != Mutability.READ_ONLY) {
      throw node.bad("mutability", "must be readOnly, since the links are derived");
    }
    if (derived && !attribute.multiValued()) {
      throw node.bad("multiValued", "must be true, since the links are derived");
    }
  }

  private static Optional<Link> link(DefinitionNode attribute) {
    Optional<DefinitionNode> found = attribute.object("x-link");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    DefinitionNode node = found.get();
    node.allowOnly(LINK_MEMBERS);
    String relation = node.text("relation");
    if (!RELATION.matcher(relation).matches()) {
      throw node.bad("relation", "must be a letter and up to 63 letters, digits, '_' or '-'");
    }
    List<String> types = node.texts("types");
    if (types.isEmpty()) {
      throw node.bad("types", "must name at least one resource type");
    }
    return Optional.of(
        new Link(
            relation,
            node.word("direction", Direction.class, Direction.OUT),
            node.flag("transitive", false),
            types));
  }
}
