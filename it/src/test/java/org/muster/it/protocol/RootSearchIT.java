package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 7644 sections 3.4.2.1 and 3.4.3: all resource types in one list. */
class RootSearchIT extends Protocol {
  private static final String SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

  private static Answer search(String members) {
    return post("/.search", "{\"schemas\":[\"" + SEARCH + "\"]," + members + "}");
  }

  private static List<String> types(Answer list) {
    List<String> types = new ArrayList<>();
    list.at("/Resources").forEach(r -> types.add(r.at("/meta/resourceType").asText()));
    return types;
  }

  private static String either(String name) {
    return "userName sw \\\"" + name + "\\\" or displayName sw \\\"" + name + "\\\"";
  }

  @Test
  void usersAndGroupsAreFoundTogether() {
    String name = unique("both");
    String user = createUser(name + "-u");
    String group = createGroup(name + "-g", user);
    Answer found =
        search("\"filter\":\"" + either(name) + "\",\"attributes\":[\"displayName\",\"userName\"]");
    assertThat(ids(found)).containsExactly(user, group);
    assertThat(found.number("/totalResults")).isEqualTo(2);
    assertThat(found.text("/Resources/0/userName")).isEqualTo(name + "-u");
    assertThat(found.at("/Resources/1").has("members")).isFalse();
    Answer got =
        get("?filter=" + encode("displayName sw \"" + name + "\" or userName sw \"" + name + "\""));
    assertThat(ids(got)).containsExactly(user, group);
    assertThat(got.text("/Resources/1/members/0/value")).isEqualTo(user);
    assertThat(got.text("/Resources/0/groups/0/value")).isEqualTo(group);
  }

  @Test
  void withoutAFilterTheResourcesOfAllTypesAreThere() {
    createGroup(unique("all"), createUser(unique("all")));
    int total = 0;
    for (JsonNode type : get("/ResourceTypes").at("/Resources")) {
      total += get(type.get("endpoint").asText() + "?count=0").number("/totalResults");
    }
    assertThat(get("?count=0").number("/totalResults")).isEqualTo(total).isGreaterThan(1);
    assertThat(search("\"count\":0").number("/totalResults")).isEqualTo(total);
  }

  @Test
  void typeIsChosenByMeta() {
    String name = unique("typed");
    createUser(name);
    createGroup(name);
    String of = "meta.resourceType eq \\\"%s\\\" and (" + either(name) + ")";
    assertThat(types(search("\"filter\":\"" + of.formatted("Group") + "\"")))
        .containsExactly("Group");
    assertThat(types(search("\"filter\":\"" + of.formatted("User") + "\"")))
        .containsExactly("User");
    assertThat(search("\"filter\":\"" + of.formatted("Car") + "\"").number("/totalResults"))
        .isZero();
  }

  @Test
  void attributeOfAnotherTypeHasNoValue() {
    String name = unique("foreign");
    String user = createUser(name);
    String group = createGroup(name);
    String mine = " and (" + either(name) + ")\"";
    assertThat(ids(search("\"filter\":\"userName pr" + mine))).containsExactly(user);
    assertThat(ids(search("\"filter\":\"not (userName pr)" + mine))).containsExactly(group);
    assertThat(ids(search("\"filter\":\"emails[type eq \\\"work\\\"]" + mine))).isEmpty();
    assertScimError(search("\"filter\":\"noSuchAttribute pr\""), 400, "invalidFilter");
    assertScimError(search("\"filter\":\"userName eq\""), 400, "invalidFilter");
    assertScimError(search("\"sortBy\":\"noSuchAttribute\""), 400, "invalidValue");
  }

  @Test
  void orderGoesOverTypesAndThoseWithoutAValueComeLast() {
    String name = unique("sorted");
    List<String> groups = List.of(createGroup(name + "-b"), createGroup(name + "-d"));
    Answer a = post("/Users", named(name, "a"));
    Answer c = post("/Users", named(name, "c"));
    String none = createUser(name + "-none");
    List<String> ascending =
        List.of(a.text("/id"), groups.get(0), c.text("/id"), groups.get(1), none);
    String head = "\"filter\":\"" + either(name) + "\",\"sortBy\":\"displayName\"";
    assertThat(ids(search(head))).isEqualTo(ascending);
    List<String> descending = new ArrayList<>(ascending);
    java.util.Collections.reverse(descending);
    assertThat(ids(search(head + ",\"sortOrder\":\"descending\""))).isEqualTo(descending);
    for (String order : List.of("ascending", "descending")) {
      List<String> all = order.equals("ascending") ? ascending : descending;
      String sorted = head + ",\"sortOrder\":\"" + order + "\"";
      assertThat(ids(search(sorted + ",\"startIndex\":2,\"count\":3")))
          .isEqualTo(all.subList(1, 4));
      assertThat(walk(sorted, 2)).isEqualTo(all);
      assertThat(walk(sorted, 1)).isEqualTo(all);
    }
    assertThat(
            types(search("\"filter\":\"" + either(name) + "\",\"sortBy\":\"meta.resourceType\"")))
        .containsExactly("Group", "Group", "User", "User", "User");
  }

  private static String named(String prefix, String end) {
    return "{\"schemas\":[\"%s\"],\"userName\":\"%s-u%s\",\"displayName\":\"%s-%s\"}"
        .formatted(USER, prefix, end, prefix, end);
  }

  private static List<String> walk(String head, int count) {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    int total = -1;
    do {
      Answer page = search(head + ",\"count\":" + count + ",\"cursor\":\"" + cursor + "\"");
      seen.addAll(ids(page));
      assertThat(total < 0 || page.number("/totalResults") == total).isTrue();
      total = page.number("/totalResults");
      cursor = page.text("/nextCursor");
    } while (!cursor.isEmpty());
    assertThat(total).isEqualTo(seen.size());
    return seen;
  }

  @Test
  void pagesGoOverTypesByIndexAndByCursor() {
    String name = unique("paged");
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(createUser(name + i));
    }
    for (int i = 0; i < 3; i++) {
      all.add(createGroup(name + i));
    }
    String head = "\"filter\":\"" + either(name) + "\"";
    for (int count = 1; count <= 8; count++) {
      assertThat(walk(head, count)).as("count " + count).isEqualTo(all);
      for (int start = 1; start <= 8; start++) {
        Answer page = search(head + ",\"startIndex\":" + start + ",\"count\":" + count);
        assertThat(page.number("/totalResults")).isEqualTo(7);
        assertThat(ids(page))
            .isEqualTo(all.subList(Math.min(7, start - 1), Math.min(7, start - 1 + count)));
      }
    }
    assertThat(search(head + ",\"count\":0").number("/totalResults")).isEqualTo(7);
  }

  @Test
  void cursorOfAnotherQuestionIsRefused() {
    String name = unique("cursor");
    createUser(name);
    createGroup(name);
    Answer page = search("\"filter\":\"" + either(name) + "\",\"count\":1,\"cursor\":\"\"");
    String cursor = page.text("/nextCursor");
    assertThat(cursor).isNotEmpty();
    assertScimError(search("\"count\":1,\"cursor\":\"" + cursor + "\""), 400, "invalidCursor");
    assertScimError(search("\"count\":1,\"cursor\":\"nonsense\""), 400, "invalidCursor");
    assertScimError(search("\"count\":1000000,\"cursor\":\"\""), 400, "invalidCount");
    assertScimError(get("/Users?count=1&cursor=" + encode(cursor)), 400, "invalidCursor");
  }

  /** RFC 9865 section 2: a negative count is 0, which asks for the total alone. */
  @Test
  void cursorWithoutCountOfResultsGivesTheTotal() {
    String name = unique("none");
    createGroup(name, createUser(name));
    for (int count : new int[] {0, -1}) {
      Answer page =
          search("\"filter\":\"" + either(name) + "\",\"count\":" + count + ",\"cursor\":\"\"");
      assertThat(ids(page)).isEmpty();
      assertThat(page.number("/totalResults")).isEqualTo(2);
      assertThat(page.text("/nextCursor")).isNotEmpty();
    }
  }

  @Test
  void searchNeedsItsSchema() {
    assertScimError(post("/.search", "{}"), 400, "invalidSyntax");
    assertScimError(get("/.search"), 405, "");
    JsonNode all = get("?count=1").json();
    assertThat(all.get("totalResults").asInt()).isPositive();
  }
}
