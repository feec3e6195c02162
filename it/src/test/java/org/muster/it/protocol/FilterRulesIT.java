package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 section 3.4.2.2: the rules of the filter language, each by itself. */
class FilterRulesIT extends Protocol {
  private static final String TAG = unique("rule");
  private static boolean created;

  /** One has everything, two has next to nothing. */
  private static void people() {
    if (created) {
      return;
    }
    created = true;
    List<String> more =
        List.of(
            ",\"title\":\"T\",\"externalId\":\"Ab\",\"active\":true,"
                + "\"name\":{\"givenName\":\"G\"},"
                + "\"emails\":[{\"value\":\"a@example.com\",\"type\":\"work\"},"
                + "{\"value\":\"b@example.org\",\"type\":\"home\",\"primary\":true}],"
                + "\"x509Certificates\":[{\"value\":\"AQID\"}]",
            ",\"title\":\"U\"");
    for (int i = 0; i < 2; i++) {
      Answer answer =
          post(
              "/Users",
              "{\"schemas\":[\"%s\"],\"userName\":\"%s-%s\"%s}"
                  .formatted(USER, TAG, i == 0 ? "one" : "two", more.get(i)));
      assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name pr                                                | one
          emails pr                                              | one
          emails.primary pr                                      | one
          name.givenName pr                                      | one
          x509Certificates pr                                    | one
          meta pr                                                | one two
          meta.resourceType eq "User"                            | one two
          meta.resourceType eq "Group"                           |
          id pr                                                  | one two
          schemas pr                                             | one two
          not (name pr) and title pr                             | two
          not(name pr)                                           | two
          title eq "t" or title eq "u" and name pr               | one
          (title eq "t" or title eq "u") and active eq true      | one
          title eq "u" or title eq "t" and not (name pr)         | two
          emails[type eq "work" and value ew ".com"]             | one
          emails[type eq "work" and value ew ".org"]             |
          emails[type eq "work" or (type eq "home" and value ew ".org")] | one
          emails[not (type eq "work")]                           | one
          emails[type eq "home" and primary eq true]             | one
          emails.type eq "work" and emails.value ew ".org"       | one
          emails[type eq "work"] and not (title eq "u")          | one
          x509Certificates.value eq "AQID"                       | one
          externalId eq "Ab"                                     | one
          externalId eq "ab"                                     |
          title eq "T"                                           | one
          title eq "t"                                           | one
          title EQ "t" AND name PR                               | one
          name eq null                                           | two
          name ne null                                           | one
          meta.created le "2999-12-31T23:59:59Z"                 | one two
          meta.created gt "2999-12-31T23:59:59+14:00"            |
          meta.lastModified ge "2011-05-13T04:42:34Z"            | one two
          """)
  void expressionFinds(String filter, String expected) {
    people();
    Answer answer = filter("/Users", "userName sw \"" + TAG + "\" and (" + filter + ")");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<String> wanted = expected == null ? List.of() : List.of(expected.split(" "));
    assertThat(answer.json().path("Resources"))
        .extracting(user -> user.get("userName").asText().substring(TAG.length() + 1))
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gt", "ge", "lt", "le"})
  void booleanAndBinaryValuesHaveNoOrder(String operator) {
    assertScimError(filter("/Users", "active " + operator + " true"), 400, "invalidFilter");
    assertScimError(
        filter("/Users", "x509Certificates.value " + operator + " \"AQID\""), 400, "invalidFilter");
    assertScimError(
        filter("/Users", "emails[primary " + operator + " true]"), 400, "invalidFilter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "title",
        "eq \"x\"",
        "title regex \"x\"",
        "title eq \"x\" xor title eq \"y\"",
        "emails[]",
        "emails[value]",
        "emails[emails[value pr]]",
        "title[value eq \"x\"]",
        "name.givenName.x eq \"y\"",
        "department eq \"x\"",
      })
  void whatIsNoExpressionIsInvalidFilter(String filter) {
    assertScimError(filter("/Users", filter), 400, "invalidFilter");
  }

  @Test
  void filterAppliesToGroupsAlike() {
    String name = unique("Grp");
    String group = createGroup(name);
    assertThat(
            ids(
                filter(
                    "/Groups",
                    "displayName eq \"" + name.toUpperCase(java.util.Locale.ROOT) + "\"")))
        .containsExactly(group);
    assertThat(ids(filter("/Groups", "displayName eq \"" + name + "\" and members pr"))).isEmpty();
  }

  @Test
  void namesOfAnyWidthCaseAndCompositionAreOneName() {
    String name = unique("é");
    String id = createUser(name);
    String wide =
        name.replace("é", "E\u0301")
            .chars()
            .collect(
                StringBuilder::new,
                (text, c) -> text.append((char) (c > 0x20 && c < 0x7f ? c + 0xfee0 : c)),
                StringBuilder::append)
            .toString();
    assertThat(wide).isNotEqualTo(name);
    assertThat(ids(filter("/Users", "userName eq \"" + wide + "\""))).containsExactly(id);
    assertScimError(
        post("/Users", "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, wide)),
        409,
        "uniqueness");
  }
}
