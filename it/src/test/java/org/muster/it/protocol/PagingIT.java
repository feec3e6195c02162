package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 7644 sections 3.4.2.3 and 3.4.2.4, RFC 9865: sorting and pages. */
class PagingIT extends Protocol {
  private static final String TAG = unique("pg");
  private static final List<String> IDS = new ArrayList<>();

  @BeforeEach
  void sevenPeople() {
    for (int i = IDS.size(); i < 7; i++) {
      String nick = i == 3 ? "" : ",\"nickName\":\"" + (char) ('z' - i) + "\"";
      IDS.add(
          post(
                  "/Users",
                  "{\"schemas\":[\"%s\"],\"userName\":\"%s-%d\"%s}".formatted(USER, TAG, i, nick))
              .text("/id"));
    }
  }

  private Answer page(String more) {
    return get("/Users?filter=" + encode("userName sw \"" + TAG + "\"") + more);
  }

  @Test
  void indexPagesCoverEverythingOnce() {
    List<String> seen = new ArrayList<>();
    for (int start = 1; start <= 7; start += 3) {
      Answer answer = page("&count=3&startIndex=" + start);
      assertThat(answer.number("/totalResults")).isEqualTo(7);
      assertThat(answer.number("/startIndex")).isEqualTo(start);
      assertThat(answer.number("/itemsPerPage")).isEqualTo(Math.min(3, 8 - start));
      seen.addAll(ids(answer));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(IDS);
  }

  @Test
  void countZeroGivesOnlyTheTotal() {
    Answer answer = page("&count=0");
    assertThat(answer.number("/totalResults")).isEqualTo(7);
    assertThat(ids(answer)).isEmpty();
  }

  @Test
  void negativeValuesAreReadAsTheRfcSays() {
    assertThat(ids(page("&count=-1"))).isEmpty();
    assertThat(ids(page("&count=2&startIndex=-5"))).isEqualTo(ids(page("&count=2&startIndex=1")));
    assertThat(ids(page("&count=2&startIndex=0"))).isEqualTo(ids(page("&count=2")));
  }

  @Test
  void valuesThatAreNoNumbersAreInvalid() {
    assertScimError(page("&count=many"), 400, "invalidValue");
    assertScimError(page("&startIndex=1.5"), 400, "invalidValue");
  }

  @Test
  void sortedAscendingWithMissingValuesLast() {
    List<String> expected =
        new ArrayList<>(List.of(6, 5, 4, 2, 1, 0, 3)).stream().map(IDS::get).toList();
    assertThat(ids(page("&sortBy=nickName"))).isEqualTo(expected);
  }

  @Test
  void sortedDescendingWithMissingValuesFirst() {
    List<String> expected =
        new ArrayList<>(List.of(3, 0, 1, 2, 4, 5, 6)).stream().map(IDS::get).toList();
    assertThat(ids(page("&sortBy=nickName&sortOrder=descending"))).isEqualTo(expected);
  }

  @Test
  void sortingByUserNameFollowsTheNames() {
    assertThat(ids(page("&sortBy=userName"))).isEqualTo(IDS);
    List<String> reversed = new ArrayList<>(IDS);
    Collections.reverse(reversed);
    assertThat(ids(page("&sortBy=userName&sortOrder=descending"))).isEqualTo(reversed);
  }

  @Test
  void unknownSortAttributeIsRefused() {
    assertThat(page("&sortBy=nonsense").status()).isEqualTo(400);
    assertThat(page("&sortBy=password").status()).isEqualTo(400);
    assertThat(page("&sortBy=userName&sortOrder=sideways").status()).isEqualTo(400);
  }

  @Test
  void cursorWalkCoversEverythingOnceWhateverIsCreatedMeanwhile() {
    for (String sort : List.of("", "&sortBy=userName", "&sortBy=nickName&sortOrder=descending")) {
      List<String> seen = new ArrayList<>();
      String cursor = "";
      do {
        Answer answer = page("&count=2&cursor=" + encode(cursor) + sort);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        seen.addAll(ids(answer));
        cursor = answer.json().path("nextCursor").asText("");
      } while (!cursor.isEmpty());
      assertThat(seen).as(sort).containsExactlyInAnyOrderElementsOf(IDS).doesNotHaveDuplicates();
    }
  }

  @Test
  void brokenAndForeignCursorsAreInvalid() {
    assertScimError(page("&cursor=nonsense"), 400, "invalidCursor");
    String other = page("&count=2&cursor=").text("/nextCursor");
    assertScimError(
        get("/Users?count=2&filter=" + encode("userName pr") + "&cursor=" + encode(other)),
        400,
        "invalidCursor");
    assertScimError(get("/Groups?count=2&cursor=" + encode(other)), 400, "invalidCursor");
  }

  @Test
  void searchOnTheTypeAnswersAsTheList() {
    Answer answer =
        post(
            "/Users/.search",
            """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
             "filter":"userName sw \\"%s\\"","sortBy":"userName","startIndex":2,"count":3,
             "attributes":["userName"]}"""
                .formatted(TAG));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(ids(answer)).isEqualTo(IDS.subList(1, 4));
    assertThat(answer.number("/totalResults")).isEqualTo(7);
    assertThat(answer.json().at("/Resources/0").has("meta")).isFalse();
  }
}
