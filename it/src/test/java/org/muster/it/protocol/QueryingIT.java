package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 sections 3.4.2 and 3.4.3, RFC 9865: lists, their order and their pages. */
class QueryingIT extends Protocol {
  private static final String TAG = unique("qry");
  private static final String OWN = "userName sw \"" + TAG + "\"";
  private static final List<String> IDS = new ArrayList<>();

  /** Five people, by name: Ä, a, B, c, none. */
  @BeforeEach
  void fivePeople() {
    for (String nick : List.of("Ä", "a", "B", "c", "").subList(IDS.size(), 5)) {
      Answer created =
          post(
              "/Users",
              "{\"schemas\":[\"%s\"],\"userName\":\"%s-%d\",\"externalId\":\"%s\"%s}"
                  .formatted(
                      USER,
                      TAG,
                      IDS.size(),
                      nick,
                      nick.isEmpty() ? "" : ",\"nickName\":\"" + nick + "\""));
      assertThat(created.status()).as(created.body()).isEqualTo(201);
      IDS.add(created.text("/id"));
    }
  }

  private static Answer query(String more) {
    return get("/Users?filter=" + encode(OWN) + more);
  }

  private static Answer search(String more) {
    return post(
        "/Users/.search",
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"],\"filter\":\"%s\"%s}"
            .formatted(OWN.replace("\"", "\\\""), more));
  }

  @Test
  void nothingFoundIsAnEmptyListAndNoError() {
    Answer answer = filter("/Users", "userName eq \"" + unique("nobody") + "\"");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("/schemas/0"))
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    assertThat(answer.number("/totalResults")).isZero();
    assertThat(answer.json().path("Resources")).isEmpty();
  }

  @Test
  void unknownParametersAreIgnored() {
    assertThat(ids(query("&future=1&_=2&Filter=x"))).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "3, 3", "5, 1", "6, 0", "2147483647, 0", "99999999999, 0"})
  void pageBehindTheEndIsEmptyAndKnowsTheTotal(String startIndex, int items) {
    Answer answer = query("&startIndex=" + startIndex);
    assertThat(ids(answer)).hasSize(items);
    assertThat(answer.number("/totalResults")).isEqualTo(5);
    assertThat(answer.number("/itemsPerPage")).isEqualTo(items);
    assertThat(answer.json().has("startIndex")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nickName                        |            | 1 2 3 0 4
          nickName                        | ascending  | 1 2 3 0 4
          nickName                        | descending | 4 0 3 2 1
          NICKNAME                        |            | 1 2 3 0 4
          urn:ietf:params:scim:schemas:core:2.0:User:nickName | | 1 2 3 0 4
          meta.created                    |            | 0 1 2 3 4
          userName                        | Descending | 4 3 2 1 0
          """)
  void orderFollowsTheTypeAndIsAscendingUnlessSaid(String by, String order, String expected) {
    String more = "&sortBy=" + encode(by) + (order == null ? "" : "&sortOrder=" + order);
    assertThat(ids(query(more)))
        .isEqualTo(
            List.of(expected.split(" ")).stream().map(n -> IDS.get(Integer.parseInt(n))).toList());
  }

  @Test
  void caseExactTextIsSortedByCase() {
    // B before a, since the case of externalId counts; an empty text is a value
    List<String> sorted = ids(query("&sortBy=externalId"));
    assertThat(sorted.indexOf(IDS.get(2))).isLessThan(sorted.indexOf(IDS.get(1)));
    assertThat(sorted.indexOf(IDS.get(1))).isLessThan(sorted.indexOf(IDS.get(3)));
  }

  @Test
  void searchTakesEveryParameterOfAQuery() {
    Answer answer =
        search(
            ",\"sortBy\":\"userName\",\"sortOrder\":\"descending\",\"startIndex\":2,\"count\":2,"
                + "\"attributes\":[\"nickName\"]");
    assertThat(ids(answer)).containsExactly(IDS.get(3), IDS.get(2));
    assertThat(answer.number("/totalResults")).isEqualTo(5);
    assertThat(answer.number("/startIndex")).isEqualTo(2);
    assertThat(answer.number("/itemsPerPage")).isEqualTo(2);
    assertThat(answer.text("/Resources/0/nickName")).isEqualTo("c");
    assertThat(answer.at("/Resources/0").has("userName")).isFalse();
  }

  @Test
  void searchWithoutParametersIsAListOfAll() {
    Answer answer =
        post(
            "/Users/.search",
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"]}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.number("/totalResults")).isGreaterThanOrEqualTo(5);
  }

  @Test
  void searchMustNameItsSchemaAndHaveAGoodFilter() {
    assertScimError(post("/Users/.search", "{\"count\":1}"), 400, "invalidSyntax");
    assertScimError(search(",\"count\":\"many\""), 400, "invalidValue");
    assertScimError(
        post(
            "/Users/.search",
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"],\"filter\":\"x\"}"),
        400,
        "invalidFilter");
  }

  @Test
  void searchWalksByCursor() {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer answer = search(",\"count\":2,\"cursor\":\"" + cursor + "\"");
      seen.addAll(ids(answer));
      cursor = answer.json().path("nextCursor").asText("");
    } while (!cursor.isEmpty() && seen.size() <= IDS.size());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(IDS);
  }

  @Test
  void everyPageButTheLastHasACursorOfUnreservedCharacters() {
    Answer first = query("&cursor&count=2");
    assertThat(ids(first)).hasSize(2);
    assertThat(first.number("/totalResults")).isEqualTo(5);
    assertThat(first.text("/nextCursor")).matches("[A-Za-z0-9._~-]+");
    Answer second = query("&count=2&cursor=" + first.text("/nextCursor"));
    assertThat(second.text("/nextCursor")).isNotEmpty().isNotEqualTo(first.text("/nextCursor"));
    Answer last = query("&count=2&cursor=" + second.text("/nextCursor"));
    assertThat(ids(last)).hasSize(1);
    assertThat(last.json().has("nextCursor")).isFalse();
    assertThat(ids(query("&count=2&cursor=" + first.text("/nextCursor")))).isEqualTo(ids(second));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "-2147483649"})
  void cursorWithoutCountOfResultsGivesTheTotal(String count) {
    Answer answer = query("&cursor&count=" + count);
    assertThat(ids(answer)).isEmpty();
    assertThat(answer.number("/totalResults")).isEqualTo(5);
  }

  @Test
  void countOverTheMaximumIsInvalidWithACursorAndTheMaximumWithoutOne() {
    int max = get("/ServiceProviderConfig").number("/pagination/maxPageSize");
    assertScimError(query("&cursor&count=" + (max + 1)), 400, "invalidCount");
    assertThat(ids(query("&count=" + (max + 1)))).hasSize(5);
  }

  @Test
  void withoutAPageParameterPagesAreThoseByIndex() {
    Answer answer = query("");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.number("/startIndex")).isEqualTo(1);
    assertThat(answer.json().has("nextCursor")).isFalse();
    assertThat(get("/ServiceProviderConfig").text("/pagination/defaultPaginationMethod"))
        .isEqualTo("index");
  }

  @Test
  void cursorPagesAreSorted() {
    Answer first = query("&cursor&count=3&sortBy=nickName");
    assertThat(ids(first)).containsExactly(IDS.get(1), IDS.get(2), IDS.get(3));
    assertThat(ids(query("&count=3&sortBy=nickName&cursor=" + first.text("/nextCursor"))))
        .containsExactly(IDS.get(0), IDS.get(4));
  }

  @Test
  void cursorGivesNoRightToItsBearer() {
    String cursor = query("&cursor&count=2").text("/nextCursor");
    String path = "/Users?count=2&filter=" + encode(OWN) + "&cursor=" + cursor;
    assertScimError(sendAs("", "GET", path, ""), 401, "");
    Answer token =
        sendTo(
            serverUrl() + "/admin/v1/tokens",
            "Bearer " + token(),
            "POST",
            "{\"tenant\":\"default\",\"scopes\":[\"scim.write\"]}",
            "Content-Type",
            "application/json");
    assertScimError(sendAs("Bearer " + token.text("/token"), "GET", path, ""), 403, "");
  }

  @Test
  void badCursorsAreRefusedAlike() {
    String wrong = query("&cursor=AAAA").text("/detail");
    String foreign =
        get("/Groups?cursor=" + query("&cursor&count=2").text("/nextCursor")).text("/detail");
    assertThat(wrong).isNotEmpty().isEqualTo(foreign);
  }
}
