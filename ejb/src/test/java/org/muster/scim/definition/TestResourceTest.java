package org.muster.scim.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.muster.access.Definition.Kind;
import org.muster.kernel.Origin;
import org.muster.scim.ScimException;
import org.muster.scim.projection.Selection;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.Attribute.Returned;
import org.muster.scim.schema.Attribute.Uniqueness;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.JsonDocument;

/**
 * The engine on a type that has an attribute of each kind: what happens is said by the schema
 * alone.
 */
class TestResourceTest {
  private static final String NAME = "TestResource";
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final World WORLD = new World();

  @BeforeAll
  static void define() throws IOException {
    try (InputStream in = TestResourceTest.class.getResourceAsStream("/scim/test-resource.json")) {
      JsonNode file = JsonDocument.MAPPER.readTree(Objects.requireNonNull(in));
      WORLD.definitions.create(
          World.ACME, Kind.SCHEMA, file.path("schema").deepCopy(), Origin.SYSTEM);
      WORLD.definitions.create(
          World.ACME, Kind.RESOURCE_TYPE, file.path("resourceType").deepCopy(), Origin.SYSTEM);
    }
    WORLD.preparing.run();
  }

  static Stream<Named> attributes() {
    return WORLD.type(NAME).schema().attributes().stream().map(Named::new);
  }

  /** An attribute that is shown by its name. */
  record Named(Attribute attribute) {
    @Override
    public String toString() {
      return attribute.name();
    }

    String name() {
      return attribute.name();
    }

    boolean isReadOnly() {
      return attribute.mutability() == Mutability.READ_ONLY;
    }

    boolean isHidden() {
      return attribute.returned() == Returned.NEVER;
    }

    /** A value that differs from that of any other number. */
    JsonNode value(int number) {
      JsonNodeFactory json = JsonNodeFactory.instance;
      JsonNode one =
          switch (attribute.type()) {
            case STRING -> json.textNode("Value" + number);
            case BOOLEAN -> json.booleanNode(number % 2 == 0);
            case DECIMAL -> json.numberNode(number + 0.5);
            case INTEGER -> json.numberNode(number);
            case DATE_TIME -> json.textNode(Instant.ofEpochSecond(number).toString());
            case BINARY ->
                json.textNode(
                    Base64.getEncoder()
                        .encodeToString(("B" + number).getBytes(StandardCharsets.UTF_8)));
            case REFERENCE -> json.textNode("https://example.com/" + number);
            case COMPLEX ->
                json.objectNode()
                    .put("value", "Value" + number)
                    .put("fixed", "F")
                    .put("given", "G")
                    .put("hidden", "H")
                    .put("asked", "A");
          };
      return attribute.multiValued() ? json.arrayNode().add(one) : one;
    }

    /** What a client is shown of it. */
    JsonNode shown(int number) {
      JsonNode value = value(number);
      List<JsonNode> ones = value.isArray() ? List.of(value.get(0)) : List.of(value);
      for (JsonNode one : ones) {
        if (one instanceof ObjectNode object) {
          object.remove(List.of("given", "hidden", "asked"));
        }
      }
      return value;
    }
  }

  private static String create(Named named, int number) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set(named.name(), named.value(number));
    return WORLD.post(NAME, body);
  }

  private static ObjectNode get(String id, Selection selection) {
    return World.read(WORLD.resources.get(WORLD.context(), WORLD.type(NAME), id, selection).body());
  }

  private static ObjectNode put(Named named, String id, Optional<JsonNode> value) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    value.ifPresent(given -> body.set(named.name(), given));
    ResourceType type = WORLD.type(NAME);
    body.putArray("schemas").add(type.schema().id());
    return World.read(
        WORLD
            .resources
            .replace(WORLD.context(), type, id, World.ALWAYS, body, asking(named))
            .body());
  }

  private static ObjectNode patch(Named named, String id, String op, Optional<JsonNode> value) {
    ObjectNode operation =
        JsonNodeFactory.instance.objectNode().put("op", op).put("path", named.name());
    value.ifPresent(given -> operation.set("value", given));
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
    body.putArray("Operations").add(operation);
    return World.read(
        WORLD
            .resources
            .patch(WORLD.context(), WORLD.type(NAME), id, World.ALWAYS, body, asking(named))
            .body());
  }

  private static Selection asking(Named named) {
    return new Selection(List.of(named.name()), List.of());
  }

  private static JsonNode plain(JsonNode json) {
    try {
      return JsonDocument.MAPPER.readTree(json.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertShown(Named named, ObjectNode resource, int number) {
    assertThat(resource.path(named.name())).isEqualTo(plain(named.shown(number)));
  }

  private static void assertRefused(ScimException.Type type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.type()).contains(type));
  }

  @Test
  void everyKindThatADefinitionMayHaveIsThere() {
    Set<String> kinds = new HashSet<>();
    attributes()
        .map(Named::attribute)
        .forEach(
            a ->
                kinds.add(
                    "%s %s %s %s %s %s"
                        .formatted(
                            a.type(),
                            a.mutability(),
                            a.returned(),
                            a.multiValued(),
                            a.caseExact(),
                            a.uniqueness())));
    assertThat(kinds).hasSize(386);
    for (Attribute.Type type : Attribute.Type.values()) {
      assertThat(kinds).anyMatch(kind -> kind.startsWith(type + " "));
    }
    for (Mutability mutability : Mutability.values()) {
      assertThat(kinds).anyMatch(kind -> kind.contains(" " + mutability + " "));
    }
    for (Uniqueness uniqueness : Uniqueness.values()) {
      assertThat(kinds).anyMatch(kind -> kind.endsWith(" " + uniqueness));
    }
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void projectionFollowsReturned(Named named) {
    int number = NUMBERS.incrementAndGet();
    String id = create(named, number);
    boolean kept = !named.isReadOnly() && !named.isHidden();
    Returned returned = named.attribute().returned();
    boolean byDefault = returned == Returned.ALWAYS || returned == Returned.DEFAULT;

    ObjectNode usual = get(id, Selection.DEFAULT);
    assertThat(usual.has(named.name())).isEqualTo(kept && byDefault);
    if (kept && byDefault) {
      assertShown(named, usual, number);
    }
    assertThat(get(id, asking(named)).has(named.name())).isEqualTo(kept);
    assertThat(get(id, new Selection(List.of("meta"), List.of())).has(named.name()))
        .isEqualTo(kept && returned == Returned.ALWAYS);
    assertThat(get(id, new Selection(List.of(), List.of(named.name()))).has(named.name()))
        .isEqualTo(kept && returned == Returned.ALWAYS);
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void replaceFollowsMutability(Named named) {
    int first = NUMBERS.addAndGet(2);
    int second = first + 1;
    NUMBERS.incrementAndGet();
    String id = create(named, first);
    boolean visible = !named.isReadOnly() && !named.isHidden();
    if (named.attribute().mutability() == Mutability.IMMUTABLE) {
      assertRefused(
          ScimException.Type.MUTABILITY, () -> put(named, id, Optional.of(named.value(second))));
      put(named, id, Optional.of(named.value(first)));
      ObjectNode silent = put(named, id, Optional.empty());
      assertThat(silent.has(named.name())).isEqualTo(visible);
      return;
    }
    boolean fixed =
        named.attribute().type() == Attribute.Type.COMPLEX && !named.attribute().multiValued();
    ObjectNode changed = put(named, id, Optional.of(named.value(second)));
    assertThat(changed.has(named.name())).isEqualTo(visible);
    if (visible) {
      assertShown(named, changed, second);
    }
    ObjectNode cleared = put(named, id, Optional.empty());
    // of a single complex value the immutable sub-attribute stays
    assertThat(cleared.has(named.name())).isEqualTo(visible && fixed);
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void patchFollowsMutability(Named named) {
    int first = NUMBERS.addAndGet(2);
    int second = first + 1;
    NUMBERS.incrementAndGet();
    String id = create(named, first);
    Mutability mutability = named.attribute().mutability();
    JsonNode value = writable(named.value(second));
    if (mutability == Mutability.READ_ONLY || mutability == Mutability.IMMUTABLE) {
      assertRefused(
          ScimException.Type.MUTABILITY, () -> patch(named, id, "replace", Optional.of(value)));
      return;
    }
    ObjectNode changed = patch(named, id, "replace", Optional.of(value));
    assertThat(changed.has(named.name())).isEqualTo(!named.isHidden());
    if (!named.isHidden()) {
      assertShown(named, changed, second);
    }
    if (named.attribute().type() != Attribute.Type.COMPLEX) {
      ObjectNode removed = patch(named, id, "remove", Optional.empty());
      assertThat(removed.has(named.name())).isFalse();
    }
  }

  /** A PATCH names no read-only sub-attribute. */
  private static JsonNode writable(JsonNode value) {
    List<JsonNode> ones = value.isArray() ? List.of(value.get(0)) : List.of(value);
    for (JsonNode one : ones) {
      if (one instanceof ObjectNode object) {
        object.remove("given");
      }
    }
    return value;
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void filterAndSortFollowTypeAndReturned(Named named) {
    int number = NUMBERS.addAndGet(2);
    String id = create(named, number);
    boolean complex = named.attribute().type() == Attribute.Type.COMPLEX;
    String path = named.name() + (complex ? ".value" : "");
    JsonNode value = named.value(number);
    JsonNode one = value.isArray() ? value.get(0) : value;
    String equal = path + " eq " + (complex ? one.path("value") : one);
    if (named.isHidden()) {
      assertRefused(ScimException.Type.INVALID_FILTER, () -> WORLD.find(NAME, equal));
      assertRefused(ScimException.Type.INVALID_VALUE, () -> WORLD.list(NAME, "", path));
      return;
    }
    if (named.isReadOnly()) {
      assertThat(WORLD.find(NAME, path + " pr")).isEmpty();
    } else {
      assertThat(WORLD.find(NAME, equal)).contains(id);
      assertThat(WORLD.find(NAME, path + " pr")).contains(id);
      assertThat(WORLD.find(NAME, "not (" + equal + ") and " + path + " pr")).doesNotContain(id);
      assertThat(WORLD.list(NAME, path + " pr", path)).contains(id);
    }
    boolean ordered =
        named.attribute().type() != Attribute.Type.BOOLEAN
            && named.attribute().type() != Attribute.Type.BINARY;
    String least = path + " ge " + (complex ? one.path("value") : one);
    if (!ordered) {
      assertRefused(ScimException.Type.INVALID_FILTER, () -> WORLD.find(NAME, least));
    } else if (!named.isReadOnly()) {
      assertThat(WORLD.find(NAME, least)).contains(id);
    }
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void caseAndUniquenessAreOfTheAttribute(Named named) {
    int number = NUMBERS.incrementAndGet();
    Attribute attribute = named.attribute();
    String id = create(named, number);
    if (!named.isReadOnly() && attribute.uniqueness() != Uniqueness.NONE) {
      assertRefused(ScimException.Type.UNIQUENESS, () -> create(named, number));
      WORLD.delete(NAME, id);
      create(named, number);
    } else {
      create(named, number);
    }
    boolean findable =
        attribute.type() == Attribute.Type.STRING && !named.isReadOnly() && !named.isHidden();
    if (findable) {
      List<String> found = WORLD.find(NAME, named.name() + " eq \"vALUE" + number + "\"");
      assertThat(found.isEmpty()).isEqualTo(attribute.caseExact());
    }
  }
}
