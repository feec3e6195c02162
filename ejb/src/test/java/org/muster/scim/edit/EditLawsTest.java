package org.muster.scim.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.scim.edit.Samples.DEVICE;
import static org.muster.scim.edit.Samples.DEVICE_URN;
import static org.muster.scim.edit.Samples.ENTERPRISE;
import static org.muster.scim.edit.Samples.TAG_URN;
import static org.muster.scim.edit.Samples.USER;
import static org.muster.scim.edit.Samples.USER_URN;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.scim.ScimException;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.JsonDocument;

/** What holds for every edit, tried with random bodies and patches, wrong ones among them. */
class EditLawsTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<PatchRequest.Op> OPS = List.of(PatchRequest.Op.values());
  private static final int ROUNDS = 4_000;
  private static final List<String> TEXTS = List.of("", "a", "b", "work", "\u0000", "\ud800", "é");
  private static final List<String> NAMES =
      List.of("value", "type", "primary", "givenName", "TYPE", "x", "urn:x", "title", "");
  private static final List<String> PATHS =
      List.of(
          "userName",
          "title",
          "name",
          "name.givenName",
          "emails",
          "emails.type",
          "active",
          "emails[type eq \"a\"]",
          "emails[value eq \"b\"].value",
          "emails[primary eq true].type",
          "emails[type eq \"b\" or primary eq true].primary",
          "emails[value pr]",
          "password",
          "phoneNumbers[not (type eq \"a\")]",
          "roles",
          "photos",
          "groups",
          "id",
          "schemas",
          "meta",
          ENTERPRISE,
          ENTERPRISE + ":division",
          ENTERPRISE + ":manager",
          "profileUrl",
          ENTERPRISE + ":manager.value",
          "name[givenName eq \"a\"]",
          "nonsense",
          "emails[",
          "",
          "serial",
          "weight",
          "tags",
          "tags[value eq \"a\"]",
          "sizes",
          "codes",
          "maker",
          "maker.brands",
          "parts",
          "parts[count gt 1].batch",
          "parts[value eq \"a\"].primary",
          TAG_URN,
          TAG_URN + ":number",
          TAG_URN + ":printed",
          "keeper",
          "origin",
          "pin");

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 42, 20260101})
  void randomEditsKeepTheLaws(long seed) throws JsonProcessingException {
    Random random = new Random(seed);
    int edits = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ResourceType type = random.nextBoolean() ? USER : DEVICE;
      String place = "seed " + seed + ", round " + round;
      Optional<ObjectNode> current = created(type, random, place);
      for (int i = 0; i < 3 && current.isPresent(); i++) {
        Optional<Edit> next =
            random.nextInt(4) == 0
                ? replaced(type, current.get(), random, place)
                : patched(type, current.get(), random, place);
        edits += next.isPresent() ? 1 : 0;
        current = next.map(Edit::document);
      }
    }
    assertThat(edits).as("seed " + seed).isGreaterThan(ROUNDS / 4);
  }

  private static Optional<ObjectNode> created(ResourceType type, Random random, String place)
      throws JsonProcessingException {
    ObjectNode body = body(type, random);
    ObjectNode copy = body.deepCopy();
    Optional<Edit> edit = tried(() -> ResourceValidation.create(type, body), place);
    assertThat(body).as(place).isEqualTo(copy);
    if (edit.isPresent()) {
      checkDocument(type, edit.get().document(), place);
    }
    return edit.map(Edit::document);
  }

  private static Optional<Edit> replaced(
      ResourceType type, ObjectNode current, Random random, String place)
      throws JsonProcessingException {
    ObjectNode body = body(type, random);
    return checked(
        type, current, () -> ResourceValidation.replace(type, current, body), place + " " + body);
  }

  private static Optional<Edit> patched(
      ResourceType type, ObjectNode current, Random random, String place)
      throws JsonProcessingException {
    PatchRequest request = request(type, random);
    String before = request.toString();
    String context = place + " " + request + " on " + current;
    Optional<Edit> edit =
        checked(type, current, () -> Patching.patch(type, current, request), context);
    assertThat(request.toString()).as(context).isEqualTo(before);
    if (edit.isPresent()) {
      Optional<Edit> again = tried(() -> Patching.patch(type, current, request), context);
      assertThat(again.map(Edit::document)).as(context).contains(edit.get().document());
    }
    return edit;
  }

  private static Optional<Edit> checked(
      ResourceType type, ObjectNode current, Call call, String context)
      throws JsonProcessingException {
    ObjectNode copy = current.deepCopy();
    Optional<Edit> edit = tried(call, context);
    assertThat(current).as(context).isEqualTo(copy);
    if (edit.isPresent()) {
      ObjectNode document = edit.get().document();
      checkDocument(type, document, context);
      assertThat(edit.get().documentChanged())
          .as(context)
          .isEqualTo(!SameJson.test(current, document));
      assertThat(document).as(context).isNotSameAs(current);
      document.properties().stream()
          .filter(member -> member.getValue().isContainerNode())
          .forEach(
              member ->
                  assertThat(member.getValue())
                      .as(context)
                      .isNotSameAs(current.get(member.getKey())));
    }
    return edit;
  }

  /** A stored document is a fixed point: of writing and reading, of PUT, and of empty patches. */
  private static void checkDocument(ResourceType type, ObjectNode document, String context)
      throws JsonProcessingException {
    assertThat(document.fieldNames().next()).as(context).isEqualTo("schemas");
    assertThat(document.has("password") || document.has("id") || document.has("meta"))
        .as(context)
        .isFalse();
    JsonNode reread = JsonDocument.MAPPER.readTree(document.toString());
    assertThat(SameJson.test(document, reread)).as(context).isTrue();
    ObjectNode body = document.deepCopy();
    if (type.name().equals("Device")) {
      body.putObject("keeper").put("value", "u");
    }
    Edit put = ResourceValidation.replace(type, document, body);
    assertThat(put.documentChanged()).as(context).isFalse();
    assertThat(put.document()).as(context).isEqualTo(document);
    ObjectNode all = document.deepCopy();
    for (PatchRequest.Op op : List.of(PatchRequest.Op.ADD, PatchRequest.Op.REPLACE)) {
      PatchRequest same =
          new PatchRequest(
              List.of(new PatchRequest.Operation(op, Optional.empty(), Optional.of(all))));
      assertThat(Patching.patch(type, document, same).documentChanged())
          .as(op + " of " + context)
          .isFalse();
    }
  }

  /** An edit; empty if the client was told of a failure. */
  private static Optional<Edit> tried(Call call, String context) {
    try {
      return Optional.of(call.edit());
    } catch (ScimException e) {
      assertThat(e.status()).as(context).isEqualTo(400);
      assertThat(e.type()).as(context).isPresent();
      assertThat(e.getMessage()).as(context).doesNotContain("Exception", "org.muster", "jackson");
      return Optional.empty();
    }
  }

  private interface Call {
    Edit edit();
  }

  static ObjectNode body(ResourceType type, Random random) {
    ObjectNode body = JSON.objectNode();
    body.putArray("schemas").add(type.name().equals("User") ? USER_URN : DEVICE_URN);
    if (type.name().equals("User")) {
      body.put("userName", "ann");
    } else {
      body.put("serial", "s" + random.nextInt(2)).putObject("keeper").put("value", "u");
      body.putObject(TAG_URN).put("number", "7");
    }
    for (Attribute attribute : type.schema().attributes()) {
      if (random.nextInt(4) == 0) {
        body.set(attribute.name(), value(attribute, random));
      }
    }
    if (type.name().equals("User") && random.nextInt(3) == 0) {
      body.putObject(ENTERPRISE).put("division", "d").put("costCenter", "c");
    }
    return body;
  }

  static PatchRequest request(ResourceType type, Random random) {
    List<PatchRequest.Operation> operations = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      PatchRequest.Op op = OPS.get(random.nextInt(OPS.size()));
      List<Attribute> attributes = type.schema().attributes();
      Attribute attribute = attributes.get(random.nextInt(attributes.size()));
      if (random.nextInt(3) > 0) {
        operations.add(
            new PatchRequest.Operation(
                op, Optional.of(attribute.name()), Optional.of(value(attribute, random))));
      } else if (random.nextInt(4) > 0) {
        operations.add(
            new PatchRequest.Operation(
                op,
                Optional.of(PATHS.get(random.nextInt(PATHS.size()))),
                Optional.of(anything(random, 0))));
      } else if (op != PatchRequest.Op.REMOVE) {
        ObjectNode value = JSON.objectNode().set(attribute.name(), value(attribute, random));
        operations.add(new PatchRequest.Operation(op, Optional.empty(), Optional.of(value)));
      }
    }
    return new PatchRequest(operations);
  }

  /** Mostly a value that the attribute can have. */
  private static JsonNode value(Attribute attribute, Random random) {
    if (random.nextInt(60) == 0) {
      return anything(random, 0);
    }
    if (!attribute.multiValued()) {
      return single(attribute, random);
    }
    ArrayNode values = JSON.arrayNode();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      values.add(single(attribute, random));
    }
    return values;
  }

  private static JsonNode single(Attribute attribute, Random random) {
    String letter = String.valueOf((char) ('a' + random.nextInt(3)));
    return switch (attribute.type()) {
      case STRING, REFERENCE -> JSON.textNode(letter);
      case BOOLEAN -> JSON.booleanNode(random.nextInt(6) == 0);
      case INTEGER -> JSON.numberNode(random.nextInt(4));
      case DECIMAL -> JSON.numberNode(new BigDecimal(random.nextInt(8)).movePointLeft(1));
      case DATE_TIME -> JSON.textNode("2024-01-0" + (1 + random.nextInt(9)) + "T00:00:00Z");
      case BINARY -> JSON.textNode("Zm9v");
      case COMPLEX -> {
        ObjectNode object = JSON.objectNode();
        for (Attribute sub : attribute.subAttributes()) {
          if (sub.required() || random.nextInt(2) == 0) {
            object.set(sub.name(), value(sub, random));
          }
        }
        yield object;
      }
    };
  }

  private static JsonNode anything(Random random, int depth) {
    return switch (random.nextInt(depth > 3 ? 6 : 9)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextLong());
      case 3 -> JSON.numberNode(new BigDecimal("1e" + (random.nextInt(2_000) - 1_000)));
      case 4, 5 -> JSON.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
      case 6 -> {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          array.add(anything(random, depth + 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = JSON.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(NAMES.get(random.nextInt(NAMES.size())), anything(random, depth + 1));
        }
        yield object;
      }
    };
  }

  @Test
  void everyAttributeRefusesEveryOtherKindOfValue() {
    Random random = new Random(5);
    for (ResourceType type : List.of(USER, DEVICE)) {
      for (Attribute attribute : type.schema().attributes()) {
        for (int i = 0; i < 200; i++) {
          ObjectNode body = body(type, random);
          body.set(attribute.name(), anything(random, 0));
          Optional<Edit> edit =
              tried(() -> ResourceValidation.create(type, body), "seed 5 " + body);
          edit.ifPresent(
              made -> assertThat(made.document().size()).isLessThanOrEqualTo(body.size() + 1));
        }
      }
    }
  }
}
