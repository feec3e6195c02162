package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Optional;
import org.muster.scim.edit.PatchRequest.Op;
import org.muster.scim.filter.Filter;
import org.muster.scim.filter.PatchPath;
import org.muster.scim.filter.PatchPathParser;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Switch;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.ResourceType;

/** Puts the operations of a PATCH into the form of RFC 7644, as far as the leniency goes. */
record PatchCoercion(ResourceType type, Leniency leniency, Limits limits) {

  /** What an operation on an attribute does, and with which value. */
  record Change(Op op, JsonNode value) {}

  /** What the name of a member means that names no attribute; empty if nothing lenient. */
  Optional<PatchPath> named(String name) {
    if (leniency.isNone()) {
      return Optional.empty();
    }
    if (name.indexOf('[') < 0) {
      Optional<PatchPath> known = PatchPathParser.find(type, name, leniency);
      boolean isPath = name.indexOf('.') >= 0 || name.indexOf(':') >= 0;
      return known.filter(path -> path instanceof PatchPath.Unknown || !isPath || isAllowed(name));
    }
    return isAllowed(name)
        ? Optional.of(PatchPathParser.parse(type, name, leniency, limits))
        : Optional.empty();
  }

  private boolean isAllowed(String name) {
    return leniency.coerces(Switch.PATHS_AS_NAMES, name, "the name was taken for a path");
  }

  /** The operation as the RFC would have it; empty if it is ignored. */
  Optional<Change> change(AttributePath path, Optional<Filter> filter, Op op, JsonNode value) {
    if (leniency.isNone()) {
      return Optional.of(new Change(op, value));
    }
    if (path.extension().isEmpty() && path.attribute().name().equals(Names.SCHEMAS)) {
      JsonNode known = SchemasMember.known(type, value, leniency);
      return known.isEmpty() && !known.equals(value)
          ? Optional.empty()
          : Optional.of(new Change(op, known));
    }
    boolean readOnly = Names.isReadOnly(path.attribute()) || Names.isReadOnly(path.leaf());
    if (readOnly
        && leniency.coerces(Switch.IGNORE_READ_ONLY, path, "it is read-only: it was ignored")) {
      return Optional.empty();
    }
    return Optional.of(coerced(path, filter, op, value));
  }

  private Change coerced(AttributePath path, Optional<Filter> filter, Op op, JsonNode value) {
    Attribute leaf = path.leaf();
    boolean many = leaf.multiValued() && filter.isEmpty();
    if (value.isMissingNode() || (op == Op.REMOVE && !many)) {
      return new Change(op, value);
    }
    Place place = Place.of(path.extension(), path.attribute().name());
    Place at = path.sub().isPresent() ? place.sub(leaf.name()) : place;
    ValueCoercion values = new ValueCoercion(leniency);
    if (path.sub().isPresent() && Names.isLink(path.attribute()) && isEmptyId(value, at)) {
      return new Change(op == Op.ADD ? Op.REPLACE : op, NullNode.instance);
    }
    boolean anElement = filter.isPresent() && path.sub().isEmpty();
    JsonNode read = anElement ? values.element(leaf, value, at) : values.whole(leaf, value, at);
    // Who adds nothing to an attribute of one value means what replace does.
    boolean emptied = read.isNull() && !value.isNull();
    return new Change(emptied && op == Op.ADD ? Op.REPLACE : op, read);
  }

  private boolean isEmptyId(JsonNode value, Place place) {
    return value.isTextual()
        && value.textValue().isBlank()
        && leniency.coerces(Switch.EMPTY_TEXT_AS_NULL, place, "empty text was taken for null");
  }
}
