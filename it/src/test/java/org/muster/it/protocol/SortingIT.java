package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 section 3.4.2.3: sorting, by index and by cursor. */
class SortingIT extends Protocol {
  private static final String TAG = unique("so");
  private static final List<String> IDS = new ArrayList<>();

  @BeforeEach
  void fourPeople() {
    if (IDS.isEmpty()) {
      person(
          "b",
          """
          "title":"b","name":{"familyName":"Über"},"externalId":"b","active":true,
          "emails":[{"value":"z@x","type":"work"},{"value":"b@x","primary":true,"type":"other"}],
          "ims":[{"value":"9"},{"value":"2","primary":true}],"%1$s":{"department":"b","employeeNumber":"2"}
          """);
      person(
          "a",
          """
          "title":"A","name":{"familyName":"straße"},"externalId":"A","active":false,
          "emails":[{"value":"C@x","type":"home"},{"value":"a@x","type":"work"}],
          "ims":[{"value":"1"},{"value":"8"}],"%1$s":{"department":"A","employeeNumber":"10"}
          """);
      person(
          "C",
          """
          "title":"c","name":{"familyName":"STRASSEN"},"externalId":"a",
          "emails":[{"value":"a@y","type":"x"}],"ims":[{"value":"3"}],
          "%1$s":{"employeeNumber":"3","department":"c"}
          """);
      person("d", "\"nickName\":\"d\"");
    }
  }

  private static void person(String letter, String more) {
    Answer made =
        post(
            "/Users",
            "{\"schemas\":[\"%s\",\"%s\"],\"userName\":\"%s-%s\",%s}"
                .formatted(USER, ENTERPRISE, TAG, letter, more.formatted(ENTERPRISE)));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    IDS.add(made.text("/id"));
  }

  @ParameterizedTest
  @CsvSource({
    "userName, abCd, dCba",
    "title, abCd, dCba",
    "externalId, aCbd, dbCa",
    "emails, Cbad, dabC",
    "EMAILS.VALUE, Cbad, dabC",
    "emails.type, abCd, dCba",
    "ims, abCd, dCba",
    "ims.value, abCd, dCba",
    "name.familyName, aCbd, dbCa",
    "active, abCd, Cdba",
    "meta.created, baCd, dCab",
    "meta.lastModified, baCd, dCab",
    "meta.location, baCd, dCab",
    "id, baCd, dCab",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department, abCd, dCba",
    "URN:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber, abCd, dCba",
    "urn:ietf:params:scim:schemas:core:2.0:User:userName, abCd, dCba",
  })
  void everyAttributeOrdersBothWays(String sortBy, String ascending, String descending) {
    for (boolean backwards : List.of(false, true)) {
      String sort =
          "&sortBy=" + encode(sortBy) + "&sortOrder=" + (backwards ? "descending" : "ascending");
      String expected = backwards ? descending : ascending;
      assertThat(letters(page(sort))).as(sort).isEqualTo(expected);
      assertThat(letters(page(sort + "&count=2")) + letters(page(sort + "&count=2&startIndex=3")))
          .as("%s by index", sort)
          .isEqualTo(expected);
      assertThat(walked(sort)).as("%s by cursor", sort).isEqualTo(expected);
    }
  }

  @Test
  void orderFollowsAChangeOfThePrimary() {
    String name = unique("move");
    List<String> users = new ArrayList<>();
    for (String mails :
        List.of(
            "{\"value\":\"m@x\"},{\"value\":\"a@x\",\"type\":\"work\"}", "{\"value\":\"k@x\"}")) {
      users.add(
          post(
                  "/Users",
                  "{\"schemas\":[\"%s\"],\"userName\":\"%s-%d\",\"emails\":[%s]}"
                      .formatted(USER, name, users.size(), mails))
              .text("/id"));
    }
    String query = "/Users?filter=" + encode("userName sw \"" + name + "\"") + "&sortBy=emails";
    assertThat(ids(get(query))).containsExactly(users.get(1), users.get(0));
    String op =
        "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"work\\\"].primary\",\"value\":true}";
    assertThat(patch("/Users/" + users.get(0), patchBody(op)).status()).isEqualTo(204);
    assertThat(ids(get(query))).containsExactly(users.get(0), users.get(1));
    assertThat(ids(get(query + "&sortOrder=descending")))
        .containsExactly(users.get(1), users.get(0));
  }

  @Test
  void searchByPostSortsAlike() {
    Answer answer =
        post(
            "/Users/.search",
            """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
             "filter":"userName sw \\"%s\\"","sortBy":"emails","sortOrder":"descending"}
            """
                .formatted(TAG));
    assertThat(letters(answer)).isEqualTo("dabC");
  }

  @Test
  void walkByMailMissesAndRepeatsNobodyWhoseKeyStays() {
    String name = unique("walk");
    List<String> staying = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      staying.add(mailbox(name + "-s" + i, i % 3));
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    int more = 0;
    do {
      Answer page =
          get(
              "/Users?count=2&sortBy=emails&filter="
                  + encode("userName sw \"" + name + "\"")
                  + "&cursor="
                  + encode(cursor));
      seen.addAll(ids(page));
      cursor = page.json().path("nextCursor").asText("");
      mailbox(name + "-n" + more, more++ % 4);
      patch(
          "/Users/" + staying.get(more % 9),
          patchBody("{\"op\":\"add\",\"path\":\"title\",\"value\":\"" + more + "\"}"));
    } while (!cursor.isEmpty() && more < 40);
    assertThat(seen).doesNotHaveDuplicates().containsAll(staying);
  }

  private static String mailbox(String userName, int key) {
    return post(
            "/Users",
            """
            {"schemas":["%s"],"userName":"%s",
             "emails":[{"value":"x@x"},{"value":"%d@x","primary":true}]}
            """
                .formatted(USER, userName, key))
        .text("/id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "addresses",
        "password",
        "groups",
        "groups.value",
        "meta",
        "meta.version",
        "nothing",
        "department",
        "emails[type eq \"work\"]",
        "emails.value.x",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        "userName;drop table document",
        "userName' or '1'='1",
        "\u00fcserName"
      })
  void whatCanNotBeSortedByIsInvalidValue(String sortBy) {
    assertScimError(page("&sortBy=" + encode(sortBy)), 400, "invalidValue");
  }

  @Test
  void complexAttributeWithoutValueIsToldWhatToSortBy() {
    assertThat(page("&sortBy=name").text("/detail")).contains("name.formatted");
  }

  private static Answer page(String more) {
    return get("/Users?filter=" + encode("userName sw \"" + TAG + "\"") + more);
  }

  private static String walked(String sort) {
    StringBuilder letters = new StringBuilder();
    String cursor = "";
    do {
      Answer page = page(sort + "&count=1&cursor=" + encode(cursor));
      letters.append(letters(page));
      cursor = page.json().path("nextCursor").asText("");
    } while (!cursor.isEmpty());
    return letters.toString();
  }

  private static String letters(Answer list) {
    assertThat(list.status()).as(list.body()).isEqualTo(200);
    StringBuilder letters = new StringBuilder();
    list.json()
        .path("Resources")
        .forEach(
            user -> {
              String name = user.path("userName").asText();
              letters.append(name.charAt(name.length() - 1));
            });
    return letters.toString();
  }
}
