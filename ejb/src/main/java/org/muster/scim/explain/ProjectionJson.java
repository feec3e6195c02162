package org.muster.scim.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.muster.scim.projection.Projection;
import org.muster.scim.resource.Write;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Returned;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.CommonAttributes;
import org.muster.scim.schema.ResourceType;

/** Which attributes an answer would show, if the resource has them. */
final class ProjectionJson {
  private ProjectionJson() {}

  /** Empty for an answer that has no body. */
  static Optional<ObjectNode> of(Question question) {
    if (question instanceof Question.Change change && change.write() instanceof Write.Delete) {
      return Optional.empty();
    }
    Projection projection = Projection.of(question.type(), question.selection());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode returned = json.putArray("returned");
    ArrayNode omitted = json.putArray("notReturned");
    ArrayNode never = json.putArray("neverReturned");
    for (AttributePath path : paths(question.type())) {
      for (AttributePath part : parts(projection, path)) {
        boolean hidden =
            path.attribute().returned() == Returned.NEVER
                || part.leaf().returned() == Returned.NEVER;
        (projection.shows(part) ? returned : hidden ? never : omitted).add(part.toString());
      }
    }
    return Optional.of(json);
  }

  /** The attribute itself if all of it is shown, or nothing; else its sub-attributes. */
  private static List<AttributePath> parts(Projection projection, AttributePath path) {
    List<AttributePath> subs =
        path.attribute().subAttributes().stream()
            .map(sub -> new AttributePath(path.extension(), path.attribute(), Optional.of(sub)))
            .toList();
    long shown = subs.stream().filter(projection::shows).count();
    return shown == 0 || shown == subs.size() ? List.of(path) : subs;
  }

  private static List<AttributePath> paths(ResourceType type) {
    List<AttributePath> paths = new ArrayList<>();
    Stream.concat(CommonAttributes.ALL.stream(), type.schema().attributes().stream())
        .forEach(attribute -> paths.add(path(Optional.empty(), attribute)));
    for (ResourceType.Extension extension : type.extensions()) {
      Optional<String> urn = Optional.of(extension.schema().id());
      extension.schema().attributes().forEach(attribute -> paths.add(path(urn, attribute)));
    }
    return paths;
  }

  private static AttributePath path(Optional<String> urn, Attribute attribute) {
    return new AttributePath(urn, attribute, Optional.empty());
  }
}
