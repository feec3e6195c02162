package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** RFC 7643 sections 4.1.2 and 4.2: members, derived groups, nested groups, large groups. */
class GroupsIT extends Protocol {
  private Map<String, String> groupsOf(String user) {
    JsonNode groups = get("/Users/" + user).json().path("groups");
    return StreamSupport.stream(groups.spliterator(), false)
        .collect(Collectors.toMap(g -> g.get("value").asText(), g -> g.get("type").asText()));
  }

  @Test
  void nestedMembershipIsIndirect() {
    String user = createUser(unique("n"));
    String inner = createGroup(unique("inner"), user);
    String outer = createGroup(unique("outer"), inner);
    String top = createGroup(unique("top"), outer);
    assertThat(groupsOf(user))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(inner, "direct", outer, "indirect", top, "indirect"));
    assertThat(ids(filter("/Users", "groups.value eq \"" + top + "\""))).containsExactly(user);
  }

  @Test
  void cycleOfGroupsIsHarmless() {
    String user = createUser(unique("c"));
    String one = createGroup(unique("one"), user);
    String two = createGroup(unique("two"), one);
    assertThat(
            patch(
                    "/Groups/" + one,
                    patchBody(
                        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}"
                            .formatted(two)))
                .status())
        .isEqualTo(204);
    assertThat(groupsOf(user)).isEqualTo(Map.of(one, "direct", two, "indirect"));
    assertThat(members(two)).containsExactly(one);
  }

  @Test
  void memberShowsTypeReferenceAndName() {
    String name = unique("shown");
    String user = createUser(name);
    String group = createGroup(unique("g"), user);
    JsonNode member = get("/Groups/" + group).at("/members/0");
    assertThat(member.get("value").asText()).isEqualTo(user);
    assertThat(member.get("type").asText()).isEqualTo("User");
    assertThat(member.get("$ref").asText()).isEqualTo(scimUrl() + "/Users/" + user);
    assertThat(member.get("display").asText()).isEqualTo(name);
  }

  @Test
  void membersArePagedByCursor() {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      users.add(createUser(unique("m")));
    }
    String group = createGroup(unique("paged"), users.toArray(String[]::new));
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = get("/Groups/" + group + "/members?count=3&cursor=" + encode(cursor));
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      page.json().get("Resources").forEach(m -> seen.add(m.get("value").asText()));
      cursor = page.json().path("nextCursor").asText("");
    } while (!cursor.isEmpty());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(users);
  }

  @Test
  void thousandsOfMembersComeWhole() {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 2_300; i++) {
      users.add(createUser(unique("l")));
    }
    String group = createGroup(unique("large"));
    for (int from = 0; from < users.size(); from += 1_000) {
      String values =
          users.subList(from, Math.min(users.size(), from + 1_000)).stream()
              .map(id -> "{\"value\":\"" + id + "\"}")
              .collect(Collectors.joining(","));
      assertThat(
              patch(
                      "/Groups/" + group,
                      patchBody("{\"op\":\"add\",\"path\":\"members\",\"value\":[" + values + "]}"))
                  .status())
          .isEqualTo(204);
    }
    assertThat(members(group)).containsExactlyInAnyOrderElementsOf(users);
    assertThat(get("/Groups/" + group + "?excludedAttributes=members").json().has("members"))
        .isFalse();
    assertThat(
            get("/Groups?filter=" + encode("id eq \"" + group + "\"")).at("/Resources/0/members"))
        .hasSize(2_300);
  }
}
