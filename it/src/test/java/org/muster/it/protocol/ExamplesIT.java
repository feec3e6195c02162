package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The resources of RFC 7643 section 8 make the round trip. */
class ExamplesIT extends Protocol {
  private static final List<String> SERVERS =
      List.of("id", "meta", "groups", "password", "schemas");

  private void roundTrips(ObjectNode example) {
    Answer created = post("/Users", example.toString());
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    JsonNode read = get("/Users/" + created.text("/id")).json();
    for (var field : example.properties()) {
      if (!SERVERS.contains(field.getKey()) && !field.getKey().equals(ENTERPRISE)) {
        assertThat(read.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
      }
    }
    if (example.has(ENTERPRISE)) {
      ObjectNode sent = ((ObjectNode) example.get(ENTERPRISE)).deepCopy();
      ObjectNode got = ((ObjectNode) read.get(ENTERPRISE)).deepCopy();
      assertThat(got.at("/manager/value")).isEqualTo(sent.at("/manager/value"));
      sent.remove("manager");
      got.remove("manager");
      assertThat(got).isEqualTo(sent);
    }
    assertThat(put("/Users/" + created.text("/id"), read.toString()).json()).isEqualTo(read);
  }

  private ObjectNode example(String file) {
    ObjectNode example = resource("/rfc7643/" + file);
    example.put("userName", unique("bjensen"));
    return example;
  }

  @Test
  void minimalUser() {
    roundTrips(example("minimal-user.json"));
  }

  @Test
  void fullUser() {
    roundTrips(example("full-user.json"));
  }

  @Test
  void enterpriseUser() {
    ObjectNode user = example("enterprise-user.json");
    ((ObjectNode) user.at("/" + ENTERPRISE + "/manager"))
        .put("value", createUser(unique("manager")));
    roundTrips(user);
  }

  @Test
  void group() {
    ObjectNode group = resource("/rfc7643/group.json");
    String one = createUser(unique("babs"));
    String two = createUser(unique("mandy"));
    ((ObjectNode) group.at("/members/0")).put("value", one);
    ((ObjectNode) group.at("/members/1")).put("value", two);
    Answer created = post("/Groups", group.toString());
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(created.text("/displayName")).isEqualTo("Tour Guides");
    assertThat(members(created.text("/id"))).containsExactlyInAnyOrder(one, two);
  }
}
