package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.muster.scim.ScimException;
import org.muster.scim.edit.PatchRequest.Op;
import org.muster.scim.edit.PatchRequest.Operation;
import org.muster.scim.filter.Filter;
import org.muster.scim.filter.PatchPath;
import org.muster.scim.filter.PatchPathParser;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Limits;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceType.Extension;

/**
 * Applies a PATCH (RFC 7644 section 3.5.2), all of it or nothing.
 *
 * <p>Where the RFC leaves a choice:
 *
 * <ul>
 *   <li>A filter in brackets that selects nothing is noTarget for every operation (table 9), except
 *       on links, which are not in the document: removing those that do not exist changes nothing.
 *   <li>What is required can't be removed or replaced by null: mutability (section 3.5.2.2).
 *       Replacing it by empty text is invalidValue.
 *   <li>Add of null or of an empty array adds nothing; replace by them removes.
 *   <li>Replace of {@code a[filter]} puts the value in the place of each element selected; add
 *       merges it into them.
 *   <li>{@code a.b} of a multi-valued {@code a} means b in all its values.
 *   <li>One value may stand for an array of one. Remove with a value removes from a multi-valued
 *       attribute those that have all that the value says, and nothing else.
 *   <li>Without a path, names that no schema defines are refused with invalidValue: unlike a whole
 *       resource, a PATCH names nothing but what is to be changed. Unknown and read-only
 *       sub-attributes of a value are ignored, as in POST.
 *   <li>{@code schemas} follows from the data. Adding or replacing known URNs is accepted and
 *       changes nothing; removing is refused with mutability.
 * </ul>
 */
public final class Patching {
  // The work of a request is operations times values of the attribute
  private static final int MAX_VISITED = 1_000_000;

  private final ResourceType type;
  private final ObjectNode document;
  private final PatchCoercion lenient;
  private final LinkPatch links = new LinkPatch();
  private final Map<String, Optional<String>> secrets = new HashMap<>();
  private int visited;

  private Patching(ResourceType type, ObjectNode document, Leniency leniency, Limits limits) {
    this.type = type;
    this.document = document;
    this.lenient = new PatchCoercion(type, leniency, limits);
  }

  /**
   * What a PATCH makes of a resource. No argument is changed.
   *
   * @param current the stored document, in the form of {@link Edit#document}
   * @throws ScimException 400 with the scimType that RFC 7644 table 9 names; tooMany if the
   *     operations go through more than a million values
   */
  public static Edit patch(ResourceType type, ObjectNode current, PatchRequest request) {
    return patch(type, current, request, Leniency.NONE);
  }

  /** As the other one, by operations that may deviate from the RFC, within the usual limits. */
  public static Edit patch(
      ResourceType type, ObjectNode current, PatchRequest request, Leniency leniency) {
    return patch(type, current, request, leniency, Limits.USUAL);
  }

  /**
   * As the other ones.
   *
   * @param limits bound the filters in paths
   */
  public static Edit patch(
      ResourceType type,
      ObjectNode current,
      PatchRequest request,
      Leniency leniency,
      Limits limits) {
    Patching patching = new Patching(type, current.deepCopy(), leniency, limits);
    for (int i = 0; i < request.operations().size(); i++) {
      patching.apply(request.operations().get(i), i);
    }
    return patching.finish(current);
  }

  private void apply(Operation operation, int index) {
    lenient.leniency().listener().operation(index);
    try {
      apply(operation);
    } catch (ScimException e) {
      throw ScimException.badRequest(
          e.type().orElse(ScimException.Type.INVALID_VALUE),
          e.place(),
          "Operations[" + index + "]: " + e.getMessage());
    }
  }

  private void apply(Operation operation) {
    if (operation.path().isEmpty()) {
      resource(operation.op(), operation.given());
      return;
    }
    PatchPath path =
        PatchPathParser.parse(type, operation.path().get(), lenient.leniency(), lenient.limits());
    target(path, operation.op(), operation.given());
  }

  private void target(PatchPath path, Op op, JsonNode value) {
    if (path instanceof PatchPath.OfExtension of) {
      extension(of.extension(), op, value);
    } else if (path instanceof PatchPath.OfAttribute of) {
      attribute(of.path(), of.filter(), op, value);
    }
  }

  private void resource(Op op, JsonNode value) {
    if (!value.isObject()) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          "Without a path, the value must be an object of attributes, not "
              + SimpleValues.kind(value));
    }
    Set<String> seen = new HashSet<>();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String name = member.getKey();
      Optional<Extension> extension =
          name.indexOf(':') >= 0 ? type.extension(name) : Optional.empty();
      if (extension.isPresent()) {
        once(seen, new Place(null, extension.get().schema().id()));
        extension(extension.get(), op, member.getValue());
      } else {
        member(seen, "", op, member);
      }
    }
  }

  private void extension(Extension extension, Op op, JsonNode value) {
    Place place = new Place(null, extension.schema().id());
    lenient.leniency().listener().target(place, () -> document.has(place.name()) ? 1 : 0);
    if (op == Op.REMOVE || (op == Op.REPLACE && value.isNull())) {
      removeExtension(extension, place);
    } else if (value.isObject()) {
      Set<String> seen = new HashSet<>();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        member(seen, place.name() + ":", op, member);
      }
    } else if (!value.isNull()) {
      throw place.invalidValue("must be an object, not " + SimpleValues.kind(value));
    }
  }

  private void member(Set<String> seen, String prefix, Op op, Map.Entry<String, JsonNode> member) {
    String name = prefix + member.getKey();
    Optional<AttributePath> path =
        member.getKey().indexOf(':') >= 0
            ? Optional.empty()
            : AttributePaths.resolve(type, name).filter(found -> found.sub().isEmpty());
    if (path.isEmpty()) {
      PatchPath named = lenient.named(name).orElseThrow(() -> unknown(prefix, name));
      target(named, op, member.getValue());
      return;
    }
    once(seen, new Place(null, path.get().toString()));
    attribute(path.get(), Optional.empty(), op, member.getValue());
  }

  private ScimException unknown(String prefix, String name) {
    boolean urn = prefix.isEmpty() && name.indexOf(':') >= 0;
    return new Place(null, name)
        .invalidValue("is no " + (urn ? "schema extension of " : "attribute of ") + type.name());
  }

  private static void once(Set<String> seen, Place place) {
    if (!seen.add(place.name())) {
      throw place.twice();
    }
  }

  private void attribute(AttributePath path, Optional<Filter> filter, Op op, JsonNode value) {
    PatchPath.OfAttribute target = new PatchPath.OfAttribute(path, filter);
    lenient.leniency().listener().target(target, () -> Targets.count(document, target));
    lenient
        .change(path, filter, op, value)
        .ifPresent(change -> change(path, filter, change.op(), change.value()));
  }

  private void change(AttributePath path, Optional<Filter> filter, Op op, JsonNode value) {
    Attribute attribute = path.attribute();
    Place place = Place.of(path.extension(), attribute.name());
    if (path.extension().isEmpty() && attribute.name().equals(Names.SCHEMAS)) {
      SchemasMember.checkPatch(type, op, value);
    } else if (Names.isReadOnly(attribute)) {
      throw place.mutability("is read-only");
    } else if (path.sub().filter(Names::isReadOnly).isPresent()) {
      throw place.sub(path.leaf().name()).mutability("is read-only");
    } else if (Names.isLink(attribute)) {
      links.apply(path, filter, op, value);
    } else if (attribute.mutability() == Mutability.WRITE_ONLY) {
      secret(attribute, op, value, place);
    } else {
      ValuePatch patch =
          new ValuePatch(attribute, path.sub(), filter, op, place, lenient.leniency());
      path.extension()
          .ifPresentOrElse(
              urn -> patchExtension(urn, patch, value), () -> patch(document, patch, value));
    }
  }

  private void patchExtension(String urn, ValuePatch patch, JsonNode value) {
    ObjectNode data =
        document.get(urn) instanceof ObjectNode object
            ? object
            : JsonNodeFactory.instance.objectNode();
    patch(data, patch, value);
    if (data.isEmpty()) {
      document.remove(urn);
    } else {
      document.set(urn, data);
    }
  }

  private void patch(ObjectNode holder, ValuePatch patch, JsonNode value) {
    visited += holder.path(patch.attribute().name()).size();
    if (visited > MAX_VISITED) {
      throw ScimException.badRequest(
          ScimException.Type.TOO_MANY,
          "The operations go through more than "
              + MAX_VISITED
              + " values; send them in several requests");
    }
    patch.in(holder, value);
  }

  private void secret(Attribute attribute, Op op, JsonNode value, Place place) {
    JsonNode read =
        op == Op.REMOVE ? null : Values.read(attribute, value, place, lenient.leniency());
    if (op == Op.ADD && read == null) {
      return;
    }
    if (read == null && attribute.required()) {
      throw place.mutability("is required");
    }
    secrets.put(place.toString(), Optional.ofNullable(read).map(JsonNode::textValue));
  }

  private void removeExtension(Extension extension, Place place) {
    if (extension.required()) {
      throw place.mutability("is required by " + type.name());
    }
    JsonNode data = document.path(place.name());
    for (Attribute attribute : extension.schema().attributes()) {
      Place at = Place.of(Names.urn(extension), attribute.name());
      if (Names.isLink(attribute)) {
        links.clear(new AttributePath(Names.urn(extension), attribute, Optional.empty()));
      } else if (attribute.mutability() == Mutability.WRITE_ONLY) {
        secrets.put(at.toString(), Optional.empty());
      } else if (attribute.mutability() == Mutability.IMMUTABLE && data.has(attribute.name())) {
        throw at.mutability("is immutable and has a value");
      }
    }
    document.remove(place.name());
  }

  private Edit finish(ObjectNode current) {
    for (Extension extension : type.extensions()) {
      String urn = extension.schema().id();
      if (extension.required() && current.has(urn) && !document.has(urn)) {
        throw new Place(null, urn).mutability("is required by " + type.name());
      }
    }
    document.set(Names.SCHEMAS, SchemasMember.of(type, document));
    Completeness.check(type, document);
    return new Edit(document, !SameJson.test(current, document), links.edits(), secrets);
  }
}
