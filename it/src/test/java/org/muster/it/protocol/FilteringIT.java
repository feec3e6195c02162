package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 section 3.4.2.2: filters. */
class FilteringIT extends Protocol {
  private static final String TAG = unique("flt");
  private static boolean created;

  /** Ann has a work mail and is active; Bob a home mail and a title and is not. */
  private void people() {
    if (created) {
      return;
    }
    created = true;
    assertThat(
            post(
                    "/Users",
                    """
                    {"schemas":["%s","%s"],"userName":"%s-ann","externalId":"%s-A","active":true,
                     "name":{"familyName":"Ames","givenName":"Ann"},"displayName":"Ann %% _ \\\\ Ames",
                     "emails":[{"value":"ann@work.example","type":"work","primary":true},
                               {"value":"ann@home.example","type":"home"}],
                     "%s":{"employeeNumber":"%s-1","department":"Tours"}}"""
                        .formatted(USER, ENTERPRISE, TAG, TAG, ENTERPRISE, TAG))
                .status())
        .isEqualTo(201);
    assertThat(
            post(
                    "/Users",
                    """
                    {"schemas":["%s"],"userName":"%s-bob","active":false,"title":"Chief",
                     "name":{"familyName":"Burr"},
                     "emails":[{"value":"bob@home.example","type":"home"}]}"""
                        .formatted(USER, TAG))
                .status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          userName eq "@-ann"                                   | ann
          USERNAME EQ "@-ANN"                                   | ann
          userName ne "@-ann"                                   | bob
          userName sw "@-b"                                     | bob
          userName ew "-ann"                                    | ann
          userName co "-BO"                                     | bob
          userName gt "@-ann"                                   | bob
          userName ge "@-ann" and userName le "@-ann"           | ann
          userName lt "@-bob"                                   | ann
          title pr                                              | bob
          not (title pr)                                        | ann
          title eq null                                         | ann
          active eq true                                        | ann
          active eq false                                       | bob
          externalId eq "@-A"                                   | ann
          externalId eq "@-a"                                   |
          name.familyName eq "ames"                             | ann
          displayName co "% _ \\\\"                             | ann
          emails.value eq "ANN@work.example"                    | ann
          emails co "bob@"                                      | bob
          emails[type eq "work"]                                | ann
          emails[type eq "work" and value co "@home"]           |
          emails[type eq "home" and value co "bob"]             | bob
          emails.type eq "home"                                 | ann bob
          title pr or active eq true                            | ann bob
          title pr and active eq true or userName co "-ann"     | ann
          title pr and (active eq true or userName co "-ann")   |
          meta.created gt "2020-01-01T00:00:00Z"                | ann bob
          meta.lastModified lt "2020-01-01T00:00:00Z"           |
          schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User" | ann
          urn:ietf:params:scim:schemas:core:2.0:User:userName eq "@-bob" | bob
          urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq "@-1" | ann
          urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "tours" | ann
          """)
  void filterFinds(String filter, String expected) {
    people();
    Answer answer =
        filter(
            "/Users", "userName sw \"" + TAG + "\" and (" + filter.replace("@-", TAG + "-") + ")");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<String> wanted = expected == null ? List.of() : List.of(expected.split(" "));
    assertThat(answer.json().get("Resources"))
        .extracting(user -> user.get("userName").asText())
        .containsExactlyInAnyOrderElementsOf(wanted.stream().map(n -> TAG + "-" + n).toList());
    assertThat(answer.number("/totalResults")).isEqualTo(wanted.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense eq \"x\"",
        "userName",
        "userName eq",
        "userName eq x",
        "userName zz \"x\"",
        "userName eq \"x\" and",
        "(userName eq \"x\"",
        "userName eq \"x\")",
        "active gt true",
        "active eq \"maybe\"",
        "name gt \"x\"",
        "meta.created gt \"yesterday\"",
        "password eq \"x\"",
        "password pr",
        "emails[type eq \"work\"",
        "emails[nonsense eq \"work\"]",
        "userName[type eq \"work\"]",
        "urn:unknown:schema:userName eq \"x\"",
        "not userName eq \"x\"",
        "userName eq \"\\x\"",
        "\"userName\" eq \"x\"",
        "userName eq 5",
      })
  void badFilterIsInvalidFilterAndNotAnEmptyList(String filter) {
    assertScimError(filter("/Users", filter), 400, "invalidFilter");
  }

  @Test
  void thousandsOfParenthesesAreRefusedQuickly() {
    String filter = "(".repeat(1_500) + "userName pr" + ")".repeat(1_500);
    assertScimError(filter("/Users", filter), 400, "invalidFilter");
    String deeper = "(".repeat(5_000) + "userName pr" + ")".repeat(5_000);
    Answer search =
        post(
            "/Users/.search",
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"],\"filter\":\"%s\"}"
                .formatted(deeper));
    assertScimError(search, 400, "invalidFilter");
  }

  @Test
  void membersAreFoundByTheirIndex() {
    String ann = createUser(unique("m"));
    String bob = createUser(unique("m"));
    String group = createGroup(unique("g"), ann);
    assertThat(ids(filter("/Groups", "members[value eq \"" + ann + "\"]"))).containsExactly(group);
    assertThat(ids(filter("/Groups", "members.value eq \"" + ann + "\""))).containsExactly(group);
    assertThat(ids(filter("/Groups", "members eq \"" + ann + "\""))).containsExactly(group);
    assertThat(ids(filter("/Groups", "members.value eq \"" + bob + "\""))).isEmpty();
    assertThat(ids(filter("/Users", "groups.value eq \"" + group + "\""))).containsExactly(ann);
  }
}
