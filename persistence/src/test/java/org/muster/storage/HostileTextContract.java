package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Folding;
import org.muster.storage.Expression.Operator;
import org.muster.storage.LinkSelector.Direction;

/** Text that a database could take for syntax, cut, fold, or sort in its own way. */
abstract class HostileTextContract extends StorageContract {
  /** All differ, also when folded; in the order of code points. */
  private static final List<String> TEXTS =
      List.of(
          " ",
          "\"",
          "%",
          "'",
          "' or 1=1 --",
          "*",
          "..",
          "/",
          "?",
          "[0]",
          "\\",
          "\\\\",
          "\\n",
          "\\u0000",
          "_",
          "a",
          "a ",
          "a\u0301\u0323x", // out of canonical order: NFC makes one of two spellings
          "ab",
          "a\u00adb", // soft hyphen
          "null",
          "ss",
          "z",
          "{}",
          "\u007f",
          "\u0085",
          "\u00e5",
          "\u0131", // dotless i
          "\u03c3",
          "\u200b",
          "\u2028",
          "\u3042",
          "\ud7ff",
          "\ue000",
          "\uffee",
          "\ufffd",
          "\ud800\udc00",
          "\ud83d\ude00",
          "\udbff\udffd");

  @Test
  void everyTextIsAnId() {
    Batch.Builder batch = Batch.builder(tenant);
    TEXTS.forEach(text -> batch.add(People.put(user(text), People.with("id", text))));
    storage.apply(batch.build());
    List<String> sorted = TEXTS.stream().sorted(Folding.CODE_POINTS).toList();
    assertThat(matching(new Expression.All())).isEqualTo(sorted);
    for (String text : TEXTS) {
      assertThat(read(user(text)).document()).isEqualTo(People.with("id", text));
      assertThat(matching(People.compare(Path.ID, Operator.EQ, text))).containsExactly(text);
    }
    assertThat(walked(Query.Order.BY_ID)).isEqualTo(sorted);
    assertThat(matching(People.compare(Path.ID, Operator.GREATER, "\uffee")))
        .containsExactly("\ufffd", "\ud800\udc00", "\ud83d\ude00", "\udbff\udffd");
    TEXTS.forEach(text -> delete(user(text)));
    assertThat(
            storage.tombstones(
                new TombstoneQuery.OfCollection(tenant, "User", Optional.empty(), 100)))
        .extracting(tombstone -> tombstone.key().id())
        .isEqualTo(sorted);
  }

  @Test
  void everyTextIsAValueThatIsFoundAndSortedByCodePoint() {
    putValues();
    for (int i = 0; i < TEXTS.size(); i++) {
      for (Path path : List.of(People.NAME, People.CODE)) {
        String key = Folding.fold(TEXTS.get(i), path.caseExact());
        assertThat(matching(People.compare(path, Operator.EQ, key))).containsExactly(id(i));
        assertThat(matching(People.compare(path, Operator.STARTS_WITH, key))).contains(id(i));
        assertThat(matching(People.compare(path, Operator.ENDS_WITH, key))).contains(id(i));
        assertThat(matching(People.compare(path, Operator.CONTAINS, key))).contains(id(i));
        assertThat(matching(People.compare(path, Operator.NE, key)))
            .hasSize(TEXTS.size() - 1)
            .doesNotContain(id(i));
      }
    }
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      indexes.add(i);
    }
    indexes.sort(
        (left, right) ->
            Folding.CODE_POINTS.compare(
                Folding.fold(TEXTS.get(left), false), Folding.fold(TEXTS.get(right), false)));
    assertThat(walked(new Query.Order(People.NAME, false)))
        .isEqualTo(indexes.stream().map(HostileTextContract::id).toList());
  }

  @Test
  void wildcardsOfLikeAreOrdinaryCharacters() {
    put(user("1"), "{'userName':'100%'}");
    put(user("2"), "{'userName':'100 percent'}");
    put(user("3"), "{'userName':'a_b'}");
    put(user("4"), "{'userName':'axb'}");
    put(user("5"), "{'userName':'a\\\\b'}");
    put(user("6"), "{'userName':'a\\\\%'}");
    assertThat(named(Operator.CONTAINS, "%")).containsExactly("1", "6");
    assertThat(named(Operator.ENDS_WITH, "%")).containsExactly("1", "6");
    assertThat(named(Operator.STARTS_WITH, "100%")).containsExactly("1");
    assertThat(named(Operator.CONTAINS, "_")).containsExactly("3");
    assertThat(named(Operator.STARTS_WITH, "a_")).containsExactly("3");
    assertThat(named(Operator.CONTAINS, "\\")).containsExactly("5", "6");
    assertThat(named(Operator.CONTAINS, "\\%")).containsExactly("6");
    assertThat(named(Operator.ENDS_WITH, "\\b")).containsExactly("5");
    assertThat(named(Operator.STARTS_WITH, "a\\")).containsExactly("5", "6");
  }

  @Test
  void foldedSpellingsMeetAndExactOnesDoNot() {
    put(user("1"), "{'userName':'Straße','externalId':'Straße'}");
    put(user("2"), "{'userName':'STRASSE','externalId':'STRASSE'}");
    put(user("3"), "{'userName':'cafe\u0301','externalId':'cafe\u0301'}");
    put(user("4"), "{'userName':'CAFÉ','externalId':'café'}");
    assertThat(named(Operator.EQ, Folding.fold("strasse", false))).containsExactly("1", "2");
    assertThat(named(Operator.EQ, Folding.fold("CAFE\u0301", false))).containsExactly("3", "4");
    assertThat(coded(Folding.fold("Straße", true))).containsExactly("1");
    assertThat(coded(Folding.fold("café", true))).containsExactly("3", "4");
    assertThat(coded(Folding.fold("CAFÉ", true))).isEmpty();
  }

  @Test
  void valuesThatDifferBehindTheCutDiffer() {
    String prefix = "p".repeat(512);
    put(user("1"), "{'userName':'" + prefix + "a'}");
    put(user("2"), "{'userName':'" + prefix + "b'}");
    put(user("3"), "{'userName':'" + prefix + "'}");
    put(user("4"), "{'userName':'" + "p".repeat(511) + "'}");
    assertThat(named(Operator.EQ, prefix + "a")).containsExactly("1");
    assertThat(named(Operator.EQ, prefix)).containsExactly("3");
    assertThat(named(Operator.EQ, prefix + "c")).isEmpty();
    assertThat(named(Operator.NE, prefix + "a")).containsExactly("2", "3", "4");
    assertThat(named(Operator.STARTS_WITH, prefix + "b")).containsExactly("2");
    assertThat(named(Operator.STARTS_WITH, prefix)).containsExactly("1", "2", "3");
    assertThat(named(Operator.ENDS_WITH, "pb")).containsExactly("2");
    assertThat(named(Operator.CONTAINS, "pa")).containsExactly("1");
    assertThat(named(Operator.GREATER, prefix + "a")).containsExactly("2");
    assertThat(named(Operator.GREATER_OR_EQUAL, prefix + "a")).containsExactly("1", "2");
    assertThat(named(Operator.LESS, prefix + "a")).containsExactly("3", "4");
    assertThat(named(Operator.LESS_OR_EQUAL, prefix)).containsExactly("3", "4");
    assertThat(matching(new Expression.Not(People.compare(People.NAME, Operator.EQ, prefix + "a"))))
        .containsExactly("2", "3", "4");
  }

  @Test
  void cutNeverSplitsASurrogatePair() {
    String prefix = "p".repeat(511);
    put(user("1"), "{'userName':'" + prefix + "😀x'}");
    put(user("2"), "{'userName':'" + prefix + "😁x'}");
    put(user("3"), "{'userName':'" + prefix + "'}");
    assertThat(named(Operator.EQ, prefix + "😀x")).containsExactly("1");
    assertThat(named(Operator.EQ, prefix)).containsExactly("3");
    assertThat(named(Operator.STARTS_WITH, prefix + "😁")).containsExactly("2");
    assertThat(named(Operator.GREATER, prefix)).containsExactly("1", "2");
    assertThat(walked(new Query.Order(People.NAME, false))).containsExactly("3", "1", "2");
  }

  @Test
  void emptyTextIsEqualToItselfAndNotPresent() {
    put(user("1"), "{'userName':'','emails':[{'value':''}]}");
    put(user("2"), "{'userName':' ','emails':[{'value':'a'}]}");
    put(user("3"), "{'emails':[]}");
    assertThat(named(Operator.EQ, "")).containsExactly("1");
    assertThat(named(Operator.NE, "")).containsExactly("2", "3");
    assertThat(named(Operator.STARTS_WITH, "")).containsExactly("1", "2");
    assertThat(named(Operator.LESS, " ")).containsExactly("1");
    assertThat(matching(new Expression.Present(People.NAME))).containsExactly("2");
    assertThat(matching(new Expression.Present(People.EMAIL))).containsExactly("2");
    assertThat(walked(new Query.Order(People.NAME, false))).containsExactly("1", "2", "3");
    assertThat(walked(new Query.Order(People.NAME, true))).containsExactly("3", "2", "1");
  }

  @Test
  void hostileRelationsActorsLabelsAndClaimsAreKept() {
    putAll(user("ann"), user("bob"));
    for (String text : TEXTS) {
      apply(
          new Change.AddLinks(user("ann"), text, List.of(user("bob"))),
          new Change.Claim(user("ann"), text, text),
          People.put(user("bob"), People.with("userName", text)));
      assertThat(
              storage.links(
                  new LinkQuery(List.of(user("ann")), text, Direction.OUT, Optional.empty(), 10)))
          .extracting(Linked::relation, Linked::label)
          .containsExactly(org.assertj.core.groups.Tuple.tuple(text, text));
      putAll(user("x"));
      storage.apply(Batch.delete(user("x"), text, ANY));
      assertThat(
              storage.tombstones(
                  new TombstoneQuery.OfCollection(tenant, "User", Optional.empty(), 10)))
          .extracting(Tombstone::actor)
          .containsExactly(text);
    }
  }

  @Test
  void whatNoBackEndCanKeepIsRefusedBeforeAnyDoes() {
    for (String text : List.of("\u0000", "a\u0000b", "\ud800", "\udc00\ud800", "x\udfff")) {
      for (JsonDocument document :
          List.of(
              People.with("note", text),
              JsonDocument.of(JsonDocument.MAPPER.createObjectNode().put(text, 1)))) {
        assertRefused(() -> People.put(user("1"), document));
      }
      assertRefused(() -> new StorageKey(tenant, "User", text));
      assertRefused(() -> new StorageKey(tenant, text, "1"));
      assertRefused(() -> new Change.Claim(user("1"), "userName", text));
      assertRefused(() -> new Change.Delete(user("1"), text));
      assertRefused(() -> new Change.AddLinks(user("1"), text, List.of()));
      assertRefused(() -> People.compare(People.NAME, Operator.EQ, text));
      assertRefused(() -> new Query.Position(Optional.of(text), "1"));
    }
    for (String json : List.of("\\u0000", "\\ud800", "\\udc00", "\\ud800x", "\\uDBFF\\n")) {
      assertRefused(
          () ->
              new Change.Put(
                  user("1"),
                  JsonDocument.ofText("{\"note\":\"" + json + "\"}"),
                  new java.util.TreeMap<>(),
                  ""));
    }
    String levels = "[".repeat(64) + "]".repeat(64);
    assertRefused(
        () ->
            new Change.Put(
                user("1"),
                JsonDocument.ofText("{\"a\":" + levels + "}"),
                new java.util.TreeMap<>(),
                ""));
    assertThat(storage.existing(Set.of(user("1")))).isEmpty();
  }

  @Test
  void escapedCharactersOfADocumentAreKept() {
    String text =
        "{\"note\":\"\\u00e9\\ud83d\\ude00\\\\u0000\\\"\\u005b\\u000b\",\"b\\u00fc\":\"[{\\\\\"}";
    JsonDocument document = JsonDocument.ofText(text);
    apply(new Change.Put(user("1"), document, new java.util.TreeMap<>(), ""));
    assertThat(read(user("1")).document()).isEqualTo(document);
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
  }

  private static String id(int index) {
    return Integer.toString(100 + index);
  }

  private void putValues() {
    Batch.Builder batch = Batch.builder(tenant);
    for (int i = 0; i < TEXTS.size(); i++) {
      batch.add(
          People.put(
              user(id(i)),
              JsonDocument.of(
                  JsonDocument.MAPPER
                      .createObjectNode()
                      .put("userName", TEXTS.get(i))
                      .put("externalId", TEXTS.get(i)))));
    }
    storage.apply(batch.build());
  }

  private List<String> named(Operator operator, String key) {
    return matching(People.compare(People.NAME, operator, key));
  }

  private List<String> coded(String key) {
    return matching(People.compare(People.CODE, Operator.EQ, key));
  }

  /** All users in an order, by cursor pages of three. */
  private List<String> walked(Query.Order order) {
    List<String> walked = new ArrayList<>();
    Optional<Query.Position> after = Optional.empty();
    do {
      Found found =
          storage.query(query("User", new Expression.All(), order, new Query.Page.After(after, 3)));
      walked.addAll(ids(found.items()));
      after = found.next();
    } while (after.isPresent());
    return walked;
  }
}
