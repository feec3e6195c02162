package org.muster.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.scim.resource.Directory.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.scim.projection.Selection;

/** Pages of large resources are shorter than was asked for, and a walk still sees each once. */
class LargeListTest {
  private static final int LARGE = 12;
  private static final int SMALL = 3;

  private final Directory directory = new Directory();
  private final List<String> expected = new ArrayList<>();

  @BeforeEach
  void putLargeUsersAndSmallGroups() {
    String title = "'title':'" + "y".repeat(900_000) + "'";
    for (int i = 0; i < LARGE; i++) {
      expected.add(directory.user("u" + i, title));
    }
    for (int i = 0; i < SMALL; i++) {
      expected.add(directory.group("g" + i));
    }
  }

  private static ListRequest request(
      String filter, String sortBy, OptionalInt startIndex, Optional<String> cursor) {
    return new ListRequest(
        Optional.of(filter).filter(text -> !text.isEmpty()),
        Optional.of(sortBy).filter(text -> !text.isEmpty()),
        false,
        startIndex,
        OptionalInt.of(1_000),
        cursor,
        Selection.DEFAULT);
  }

  private ObjectNode all(ListRequest request) {
    return Directory.read(directory.resources.listAll(directory.context(), request));
  }

  private static List<String> ids(ObjectNode page) {
    List<String> ids = new ArrayList<>();
    page.path("Resources").forEach(resource -> ids.add(resource.path("id").textValue()));
    assertThat(page.path("itemsPerPage").intValue()).isEqualTo(ids.size());
    return ids;
  }

  private List<String> walkByIndex(String sortBy) {
    List<String> seen = new ArrayList<>();
    int total = 0;
    do {
      ObjectNode page = all(request("", sortBy, OptionalInt.of(seen.size() + 1), Optional.empty()));
      assertThat(ids(page)).isNotEmpty().hasSizeLessThan(LARGE);
      total = page.path("totalResults").intValue();
      assertThat(total).isEqualTo(LARGE + SMALL);
      seen.addAll(ids(page));
    } while (seen.size() < total);
    return seen;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "meta.created"})
  void walkOverAllTypesByIndexSeesEachOnce(String sortBy) {
    assertThat(walkByIndex(sortBy)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "meta.created"})
  void walkOverAllTypesByCursorSeesEachOnce(String sortBy) {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      ObjectNode page = all(request("", sortBy, OptionalInt.empty(), Optional.of(cursor)));
      seen.addAll(ids(page));
      cursor = page.path("nextCursor").asText("");
    } while (!cursor.isEmpty());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void pageThatWasCutHasTheExactTotal() {
    for (String filter : new String[] {"", "title co \"y\""}) {
      List<String> names = new ArrayList<>();
      ObjectNode page = directory.list(directory.users, filter, 1, 1_000);
      while (page.path("Resources").size() > 0) {
        assertThat(page.path("totalResults").intValue()).isEqualTo(LARGE);
        assertThat(page.path("itemsPerPage").intValue())
            .isEqualTo(page.path("Resources").size())
            .isLessThan(LARGE);
        names.addAll(texts(page.path("Resources"), "userName"));
        page = directory.list(directory.users, filter, names.size() + 1, 1_000);
      }
      assertThat(names).hasSize(LARGE).doesNotHaveDuplicates();
    }
  }
}
