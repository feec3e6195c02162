package org.muster.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.muster.scim.resource.Directory.ALWAYS;
import static org.muster.scim.resource.Directory.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Limits;
import org.muster.scim.projection.Selection;
import org.muster.storage.Query;

/** Lists and searches, by index and by cursor. */
class ListTest {
  private final Directory directory = new Directory();

  @Test
  void pagesByIndexHaveTheExactTotal() {
    users(7);
    JsonNode page = directory.list(directory.users, "", 3, 2);
    assertThat(page.path("schemas").get(0).textValue())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    assertThat(page.path("totalResults").intValue()).isEqualTo(7);
    assertThat(page.path("startIndex").intValue()).isEqualTo(3);
    assertThat(page.path("itemsPerPage").intValue()).isEqualTo(2);
    assertThat(page.path("Resources")).hasSize(2);
    assertThat(page.has("nextCursor")).isFalse();
  }

  @Test
  void outOfRangeNumbersAreReadAsTheRfcSays() {
    users(3);
    assertPage(directory.list(directory.users, "", -5, 2), 3, 1, 2);
    assertPage(directory.list(directory.users, "", 0, 10), 3, 1, 3);
    assertPage(directory.list(directory.users, "", 1, 0), 3, 1, 0);
    assertPage(directory.list(directory.users, "", 1, -1), 3, 1, 0);
    assertPage(directory.list(directory.users, "", 4, 5), 3, 4, 0);
    assertPage(directory.list(directory.users, "", 900, 5), 3, 900, 0);
    assertPage(directory.list(directory.users, "", 1, 5_000), 3, 1, 3);
    assertPage(directory.list(directory.groups, "", 1, 5), 0, 1, 0);
  }

  @Test
  void withoutACountThePageHasTheDefaultSizeAndNeverMoreThanTheMaximum() {
    Directory small = new Directory(directory.storage, directory.tenant, new Limits(2, 4, 1_000));
    users(6);
    ListRequest plain =
        new ListRequest(
            Optional.empty(),
            Optional.empty(),
            false,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Selection.DEFAULT);
    assertPage(small.list(small.users, plain), 6, 1, 2);
    assertPage(small.list(small.users, "", 1, 100), 6, 1, 4);
  }

  @Test
  void filtersFindByIndexAndByLink() {
    List<String> users = users(5);
    String group = directory.group("g", users.get(1), users.get(3));
    JsonNode byName = directory.list(directory.users, "userName eq \"U2\"", 1, 10);
    assertThat(texts(byName.path("Resources"), "userName")).containsExactly("u2");
    JsonNode byGroup = directory.list(directory.users, "groups.value eq \"" + group + "\"", 1, 10);
    assertThat(texts(byGroup.path("Resources"), "userName")).containsExactlyInAnyOrder("u1", "u3");
    JsonNode byMember =
        directory.list(directory.groups, "members[value eq \"" + users.get(1) + "\"]", 1, 10);
    assertThat(texts(byMember.path("Resources"), "displayName")).containsExactly("g");
  }

  @Test
  void aScanOverTheLimitIsTooMany() {
    Directory strict = new Directory(directory.storage, directory.tenant, new Limits(10, 10, 3));
    users(5);
    assertRefused(
        () -> strict.list(strict.users, "title co \"x\"", 1, 10), ScimException.Type.TOO_MANY);
  }

  @Test
  void aWalkByCursorMissesNobodyUnderChange() {
    List<String> users = users(20);
    List<String> seen = new ArrayList<>();
    String cursor = "";
    int page = 0;
    do {
      JsonNode answer = directory.walk(directory.users, "", "", cursor, 6);
      seen.addAll(texts(answer.path("Resources"), "userName"));
      cursor = answer.path("nextCursor").asText("");
      if (page++ == 0) {
        directory.resources.delete(directory.context(), directory.users, users.get(2), ALWAYS);
        directory.user("late");
      }
    } while (!cursor.isEmpty());
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen).contains(IntStream.range(0, 20).mapToObj(i -> "u" + i).toArray(String[]::new));
  }

  @Test
  void aSortedWalkIsInOrder() {
    users(12);
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode answer = directory.walk(directory.users, "", "userName", cursor, 5);
      assertThat(answer.path("totalResults").intValue()).isEqualTo(12);
      assertThat(answer.has("startIndex")).isFalse();
      seen.addAll(texts(answer.path("Resources"), "userName"));
      cursor = answer.path("nextCursor").asText("");
      assertThat(cursor).matches("[A-Za-z0-9_-]*");
    } while (!cursor.isEmpty());
    assertThat(seen).hasSize(12).isSorted();
  }

  @Test
  void aCursorIsGoodForItsOwnQuestionOnly() {
    users(4);
    String cursor =
        directory.walk(directory.users, "", "userName", "", 2).path("nextCursor").textValue();
    ThrowingCallable otherFilter =
        () -> directory.walk(directory.users, "userName pr", "userName", cursor, 2);
    ThrowingCallable otherOrder = () -> directory.walk(directory.users, "", "", cursor, 2);
    ThrowingCallable otherType =
        () -> directory.walk(directory.groups, "", "displayName", cursor, 2);
    Directory other =
        new Directory(directory.storage, new TenantId("other"), new Limits(100, 1_000, 100_000));
    ThrowingCallable otherTenant = () -> other.walk(other.users, "", "userName", cursor, 2);
    for (ThrowingCallable call : List.of(otherFilter, otherOrder, otherType, otherTenant)) {
      assertRefused(call, ScimException.Type.INVALID_CURSOR);
    }
    for (String broken :
        List.of("x", "=", "ä", cursor + "A", cursor.substring(1), "A".repeat(9_000))) {
      assertRefused(
          () -> directory.walk(directory.users, "", "userName", broken, 2),
          ScimException.Type.INVALID_CURSOR);
    }
  }

  @Test
  void aCursorOfAPlaceWhereNothingCanBeIsRefused() {
    users(2);
    for (Query.Position place :
        List.of(
            new Query.Position(Optional.of("nonsense"), "x"),
            new Query.Position(Optional.of("99999999999999999.000000000"), "x"),
            new Query.Position(Optional.empty(), "x"))) {
      String ofType = forged("list", "User", place);
      assertRefused(
          () -> directory.walk(directory.users, "", "meta.created", ofType, 2),
          ScimException.Type.INVALID_CURSOR);
      String ofAll = forged("root", "", place);
      assertRefused(
          () ->
              directory.resources.listAll(
                  directory.context(), sortedByCreation(Optional.of(ofAll))),
          ScimException.Type.INVALID_CURSOR);
    }
  }

  /** What a client can make by itself, since the check sum takes no secret. */
  private String forged(String kind, String type, Query.Position place) {
    String tenant = directory.tenant.value();
    String question =
        kind.equals("list")
            ? Cursors.question(kind, tenant, type, "", "meta.created", "false")
            : Cursors.question(kind, tenant, "", "meta.created", "false");
    return Cursors.encode(
        question,
        out -> {
          out.writeLong(2);
          if (kind.equals("root")) {
            out.writeUTF(type);
            out.writeBoolean(true);
          }
          out.writeBoolean(place.sortKey().isPresent());
          out.writeUTF(place.sortKey().orElse(""));
          out.writeUTF(place.id());
        });
  }

  private static ListRequest sortedByCreation(Optional<String> cursor) {
    return new ListRequest(
        Optional.empty(),
        Optional.of("meta.created"),
        false,
        OptionalInt.empty(),
        OptionalInt.of(2),
        cursor,
        Selection.DEFAULT);
  }

  @Test
  void withACursorCountHasABound() {
    assertRefused(
        () -> directory.walk(directory.users, "", "", "", 1_001), ScimException.Type.INVALID_COUNT);
  }

  @Test
  void aCursorAndNoCountGiveTheTotalAndTheSameCursor() {
    users(3);
    String cursor = directory.walk(directory.users, "", "", "", 2).path("nextCursor").textValue();
    for (int count : new int[] {-1, 0}) {
      JsonNode start = directory.walk(directory.users, "", "", "", count);
      assertThat(start.path("totalResults").intValue()).isEqualTo(3);
      assertThat(start.path("Resources")).isEmpty();
      JsonNode later = directory.walk(directory.users, "", "", cursor, count);
      assertThat(later.path("totalResults").intValue()).isEqualTo(3);
      assertThat(later.path("Resources")).isEmpty();
      assertThat(later.path("nextCursor").textValue()).isEqualTo(cursor);
    }
  }

  private List<String> users(int number) {
    return IntStream.range(0, number).mapToObj(i -> directory.user("u" + i)).toList();
  }

  private static void assertPage(JsonNode page, int total, int startIndex, int items) {
    assertThat(page.path("totalResults").intValue()).isEqualTo(total);
    assertThat(page.path("startIndex").intValue()).isEqualTo(startIndex);
    assertThat(page.path("itemsPerPage").intValue()).isEqualTo(items);
    assertThat(page.path("Resources")).hasSize(items);
  }

  private static void assertRefused(ThrowingCallable call, ScimException.Type type) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> {
              assertThat(e.status()).isEqualTo(400);
              assertThat(e.type()).contains(type);
            });
  }
}
