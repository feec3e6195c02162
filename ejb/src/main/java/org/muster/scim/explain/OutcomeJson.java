package org.muster.scim.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.muster.scim.ScimException;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.SchemaWriter;

/** What a client of the request would be told, and by which rule. */
final class OutcomeJson {
  private OutcomeJson() {}

  static ObjectNode done(Question question, Attempt attempt) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", attempt.status());
    if (question instanceof Question.Change) {
      json.put("changes", attempt.preview().batch().isPresent());
    }
    List<String> unchecked = attempt.claims().unchecked();
    if (!unchecked.isEmpty()) {
      ArrayNode atCommit = json.putArray("uniquenessCheckedAtCommit");
      unchecked.forEach(atCommit::add);
    }
    return json;
  }

  /**
   * A refusal.
   *
   * @param type of the resource, if the request came so far
   */
  static ObjectNode refused(Optional<ResourceType> type, ScimException refusal) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", refusal.status());
    refusal.type().ifPresent(keyword -> json.put("scimType", keyword.keyword()));
    json.put("detail", String.valueOf(refusal.getMessage()));
    ObjectNode rule = json.objectNode();
    section(refusal).ifPresent(section -> rule.put("section", section));
    type.flatMap(t -> refusal.place().flatMap(place -> AttributePaths.resolve(t, place)))
        .ifPresent(path -> definition(rule, type.orElseThrow(), path));
    if (!rule.isEmpty()) {
      json.set("rule", rule);
    }
    return json;
  }

  private static void definition(ObjectNode rule, ResourceType type, AttributePath path) {
    rule.put("attribute", path.toString());
    rule.put("schema", path.extension().orElse(type.schema().id()));
    ObjectNode definition = SchemaWriter.write(path.leaf());
    definition.remove(List.of("description", "subAttributes"));
    rule.set("definition", definition);
  }

  private static Optional<String> section(ScimException refusal) {
    if (refusal.type().isPresent()) {
      return Optional.of(section(refusal.type().get()));
    }
    return switch (refusal.status()) {
      case 404 -> Optional.of("RFC 7644 section 3.12");
      case 405, 415, 406 -> Optional.of("RFC 7644 section 3.1");
      case 412 -> Optional.of("RFC 7644 section 3.14");
      case 428 -> Optional.of("RFC 6585 section 3");
      default -> Optional.empty();
    };
  }

  private static String section(ScimException.Type type) {
    return switch (type) {
      case INVALID_FILTER, TOO_MANY -> "RFC 7644 section 3.4.2.2";
      case UNIQUENESS, MUTABILITY -> "RFC 7643 section 7";
      case INVALID_SYNTAX, INVALID_VERS, SENSITIVE -> "RFC 7644 section 3.12";
      case INVALID_PATH, NO_TARGET -> "RFC 7644 section 3.5.2";
      case INVALID_VALUE -> "RFC 7643 section 2";
      case INVALID_CURSOR, EXPIRED_CURSOR, INVALID_COUNT -> "RFC 9865 section 2.1";
      case TOO_LARGE -> "RFC 7644 section 3.7.4";
    };
  }
}
