package org.muster.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.Folding;
import org.muster.scim.ScimException;

/** A JSON object of a definition, and where it stands, for messages; every getter is strict. */
record DefinitionNode(JsonNode json, String where) {
  private static final int MAX_TEXT = 4_000;
  private static final int MAX_ITEMS = 1_000;
  private static final Pattern URN = Pattern.compile("urn:[A-Za-z0-9][A-Za-z0-9._:/+-]{1,175}");

  DefinitionNode {
    if (!json.isObject()) {
      throw new DefinitionNode.Bad(where, "must be a JSON object").failure();
    }
  }

  /** Builds the failure before there is a node to build it with. */
  private record Bad(String where, String problem) {
    ScimException failure() {
      return ScimException.badRequest(
          ScimException.Type.INVALID_VALUE, (where.isEmpty() ? "" : where + ": ") + problem);
    }
  }

  /** What is wrong with a member of this object. */
  ScimException bad(String member, String problem) {
    return new Bad(at(member), problem).failure();
  }

  /** What is wrong with this object. */
  ScimException bad(String problem) {
    return new Bad(where, problem).failure();
  }

  /** Fails if there is a member that the definition does not know: it would be a typing error. */
  void allowOnly(Set<String> members) {
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!members.contains(name)) {
        String shown = name.length() > 64 ? name.substring(0, 64) : name;
        throw bad("has a member '" + shown + "', which is none of a definition");
      }
    }
  }

  /** A text that has to be there and not to be empty. */
  String text(String member) {
    return optionalText(member)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> bad(member, "is required, and must be text"));
  }

  /** A text that may be missing. */
  Optional<String> optionalText(String member) {
    @Nullable JsonNode value = value(member);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw bad(member, "must be text");
    }
    String text = value.textValue();
    if (text.length() > MAX_TEXT || !Folding.isStorable(text)) {
      throw bad(member, "must be at most 4,000 characters, without U+0000 and lone surrogates");
    }
    return Optional.of(text);
  }

  /** A URN that has to be there. */
  String urn(String member) {
    String urn = text(member);
    if (!URN.matcher(urn).matches()) {
      throw bad(member, "must be a URN of letters, digits and . _ : / + -, at most 180 characters");
    }
    return urn;
  }

  /** true or false. */
  boolean flag(String member, boolean otherwise) {
    @Nullable JsonNode value = value(member);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw bad(member, "must be true or false");
    }
    return value.booleanValue();
  }

  /** A word of an enum. */
  <E extends Enum<E>> E word(String member, Class<E> values, E otherwise) {
    Optional<String> word = optionalText(member);
    if (word.isEmpty()) {
      return otherwise;
    }
    return SchemaWords.parse(values, word.get())
        .orElseThrow(() -> bad(member, "must be one of " + SchemaWords.all(values)));
  }

  /** A list of texts, empty if missing; each text at most once. */
  List<String> texts(String member) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : items(member)) {
      if (!item.isTextual() || item.textValue().isBlank() || item.textValue().length() > 255) {
        throw bad(member, "must be a list of texts, each 1 to 255 characters");
      }
      if (texts.contains(item.textValue())) {
        throw bad(member, "names a value twice");
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  /** A list of objects, empty if missing. */
  List<DefinitionNode> objects(String member) {
    List<DefinitionNode> objects = new ArrayList<>();
    for (JsonNode item : items(member)) {
      objects.add(new DefinitionNode(item, at(member + "[" + objects.size() + "]")));
    }
    return objects;
  }

  /** An object that may be missing. */
  Optional<DefinitionNode> object(String member) {
    return Optional.ofNullable(value(member)).map(o -> new DefinitionNode(o, at(member)));
  }

  private Iterable<JsonNode> items(String member) {
    @Nullable JsonNode value = value(member);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray() || value.size() > MAX_ITEMS) {
      throw bad(member, "must be a list of at most 1,000 items");
    }
    return value;
  }

  private @Nullable JsonNode value(String member) {
    JsonNode value = json.get(member);
    return value == null || value.isNull() ? null : value;
  }

  private String at(String member) {
    return where.isEmpty() ? member : where + "." + member;
  }
}
