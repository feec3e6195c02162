package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.storage.Expression.Operator;

/** Order and pages: by cursor and by offset, with ties, without values, under change. */
abstract class PageContract extends StorageContract {
  private static final Expression ALL = new Expression.All();

  @Test
  void missingValuesComeLastAscendingAndFirstDescending() {
    put(user("1"), "{'userName':'b'}");
    put(user("2"), "{}");
    put(user("3"), "{'userName':'A'}");
    put(user("4"), "{'userName':null}");
    assertOrder(People.NAME, false, "3", "1", "2", "4");
    assertOrder(People.NAME, true, "2", "4", "1", "3");
  }

  @Test
  void tiesAreBrokenByAscendingIdWhicheverTheDirection() {
    put(user("3"), "{'userName':'x'}");
    put(user("1"), "{'userName':'X'}");
    put(user("2"), "{'userName':'x'}");
    put(user("4"), "{'userName':'a'}");
    put(user("5"), "{}");
    put(user("0"), "{}");
    assertOrder(People.NAME, false, "4", "1", "2", "3", "0", "5");
    assertOrder(People.NAME, true, "0", "5", "1", "2", "3", "4");
  }

  @Test
  void multiValuedPathsSortByTheFirstValueWhicheverTheDirection() {
    put(user("1"), "{'emails':[{'value':'m'},{'value':'a'}],'tags':['m','a']}");
    put(user("2"), "{'emails':[{'value':'b'},{'value':'z'}],'tags':['b','z']}");
    put(user("3"), "{'emails':[{'value':'c'}],'tags':[null,'c']}");
    put(user("4"), "{'emails':[],'tags':[]}");
    for (Path path : List.of(People.EMAIL, People.TAGS)) {
      assertOrder(path, false, "2", "3", "1", "4");
      assertOrder(path, true, "4", "1", "3", "2");
    }
  }

  @Test
  void primaryValueGoesBeforeTheFirst() {
    put(user("1"), "{'emails':[{'value':'a'},{'value':'z','primary':true}]}");
    put(user("2"), "{'emails':[{'value':'b','primary':false},{'value':'c'}]}");
    put(user("3"), "{'emails':[{'value':'x'},{'primary':true},{'value':'a'}]}");
    put(user("4"), "{'emails':[{'value':'d'},{'value':'y','primary':'true'}]}");
    put(user("5"), "{'emails':[{'value':'e'},{'value':'e','primary':true},{'value':'a'}]}");
    put(user("6"), "{'emails':[{'primary':true}]}");
    assertOrder(People.EMAIL, false, "2", "4", "5", "3", "1", "6");
    assertOrder(People.EMAIL, true, "6", "1", "3", "5", "4", "2");
    put(user("1"), "{'emails':[{'value':'a','primary':true},{'value':'z'}]}");
    put(user("2"), "{'emails':[{'value':'b'},{'value':'zz','primary':true}]}");
    assertOrder(People.EMAIL, false, "1", "4", "5", "3", "2", "6");
  }

  @Test
  void primaryOfAnotherAttributeDoesNotCount() {
    put(user("1"), "{'primary':true,'emails':[{'value':'m'},{'value':'a'}]}");
    put(user("2"), "{'emails':[{'value':'b'}]}");
    assertOrder(People.EMAIL, false, "2", "1");
  }

  @Test
  void valuesOfADeletedDocumentAreInNoOrder() {
    put(user("1"), "{'emails':[{'value':'m'},{'value':'a','primary':true}]}");
    put(user("2"), "{'emails':[{'value':'b'}]}");
    delete(user("1"));
    assertOrder(People.EMAIL, false, "2");
  }

  @Test
  void numbersTimesAndBooleansSortByValue() {
    put(user("1"), "{'age':-1,'seen':'2020-01-01T00:00:00+02:00','active':true}");
    put(user("2"), "{'age':10,'seen':'2020-01-01T00:00:00Z','active':false}");
    put(user("3"), "{'age':9.5,'seen':'2019-12-31T23:00:00Z','active':true}");
    put(user("4"), "{'age':-20,'seen':'0001-01-01T00:00:00Z'}");
    assertOrder(People.AGE, false, "4", "1", "3", "2");
    assertOrder(People.AGE, true, "2", "3", "1", "4");
    assertOrder(People.SEEN, false, "4", "1", "3", "2");
    assertOrder(People.SEEN, true, "2", "3", "1", "4");
    assertOrder(People.ACTIVE, false, "2", "1", "3", "4");
    assertOrder(People.ACTIVE, true, "4", "1", "3", "2");
  }

  @Test
  void columnsSort() {
    for (String id : List.of("c", "a", "b")) {
      put(user(id), "{}");
    }
    assertOrder(Path.ID, false, "a", "b", "c");
    assertOrder(Path.ID, true, "c", "b", "a");
    for (Path path : List.of(Path.CREATED, Path.MODIFIED)) {
      for (boolean descending : List.of(false, true)) {
        DocumentOrder order = new DocumentOrder(new Query.Order(path, descending));
        List<Query.Position> positions =
            storage
                .query(query("User", ALL, new Query.Order(path, descending), first(10)))
                .items()
                .stream()
                .map(order::of)
                .toList();
        assertThat(positions).hasSize(3).isSortedAccordingTo(order);
        assertThat(walked(ALL, new Query.Order(path, descending), 1)).hasSize(3);
      }
    }
  }

  @Test
  void otherPathsSortByReading() {
    put(user("1"), "{'note':'b','address':{'city':'x'}}");
    put(user("2"), "{'note':'A','address':{'city':'X'}}");
    put(user("3"), "{'address':{}}");
    assertOrder(People.NOTE, false, "2", "1", "3");
    assertOrder(People.NOTE, true, "3", "1", "2");
    assertOrder(People.CITY, false, "1", "2", "3");
    assertOrder(People.EMAILS, false, "1", "2", "3");
  }

  @Test
  void valuesEqualUpToTheCutAreTies() {
    String prefix = "p".repeat(512);
    put(user("1"), "{'userName':'" + prefix + "b','note':'" + prefix + "b'}");
    put(user("2"), "{'userName':'" + prefix + "a','note':'" + prefix + "a'}");
    assertOrder(People.NAME, false, "1", "2");
    assertOrder(People.NAME, true, "1", "2");
    assertOrder(People.NOTE, false, "1", "2");
  }

  @Test
  void offsetsCutTheSameOrder() {
    for (int i = 0; i < 7; i++) {
      put(user("u" + i), "{'userName':'" + i % 3 + "'}");
    }
    for (Query.Order order :
        List.of(
            Query.Order.BY_ID,
            new Query.Order(Path.ID, true),
            new Query.Order(People.NAME, true),
            new Query.Order(People.unindexed(People.NAME), false))) {
      List<String> all = walked(ALL, order, 100);
      for (int offset = 0; offset < 9; offset++) {
        Found found = storage.query(query("User", ALL, order, new Query.Page.Offset(offset, 3)));
        int from = Math.min(offset, 7);
        int to = Math.min(offset + 3, 7);
        assertThat(ids(found.items())).isEqualTo(all.subList(from, to));
        assertThat(found.next().map(Query.Position::id))
            .isEqualTo(to < 7 ? Optional.of(all.get(to - 1)) : Optional.empty());
      }
    }
    assertThat(
            storage
                .query(query("User", ALL, Query.Order.BY_ID, new Query.Page.Offset(1L << 40, 3)))
                .items())
        .isEmpty();
  }

  @Test
  void cursorGoesOnWhereAnOffsetPageEnded() {
    for (int i = 0; i < 6; i++) {
      put(user("u" + i), "{'userName':'" + i % 2 + "'}");
    }
    Query.Order order = new Query.Order(People.NAME, false);
    Found page = storage.query(query("User", ALL, order, new Query.Page.Offset(1, 2)));
    Found rest = storage.query(query("User", ALL, order, new Query.Page.After(page.next(), 10)));
    assertThat(ids(page.items())).containsExactly("u2", "u4");
    assertThat(ids(rest.items())).containsExactly("u1", "u3", "u5");
    assertThat(rest.next()).isEmpty();
  }

  @Test
  void nextIsThePlaceOfTheLastItem() {
    put(user("1"), "{'userName':'Ann'}");
    put(user("2"), "{}");
    put(user("3"), "{}");
    Query.Order order = new Query.Order(People.NAME, false);
    assertThat(storage.query(query("User", ALL, order, first(1))).next())
        .contains(new Query.Position(Optional.of("ann"), "1"));
    assertThat(storage.query(query("User", ALL, order, first(2))).next())
        .contains(new Query.Position(Optional.empty(), "2"));
    assertThat(storage.query(query("User", ALL, order, first(3))).next()).isEmpty();
    assertThat(storage.query(query("User", ALL, Query.Order.BY_ID, first(2))).next())
        .contains(new Query.Position(Optional.empty(), "2"));
  }

  @Test
  void pageOfNoneIsEmpty() {
    put(user("1"), "{}");
    assertThat(storage.query(query("User", ALL, Query.Order.BY_ID, first(0))))
        .isEqualTo(new Found(List.of(), Optional.empty()));
    assertThat(storage.query(query("User", ALL, Query.Order.BY_ID, new Query.Page.Offset(0, 0))))
        .isEqualTo(new Found(List.of(), Optional.empty()));
    assertThat(storage.query(query("Nothing", ALL, Query.Order.BY_ID, first(10))))
        .isEqualTo(new Found(List.of(), Optional.empty()));
    assertThat(storage.count(query("Nothing", ALL, Query.Order.BY_ID, first(10)))).isZero();
  }

  @Test
  void lastPageThatIsJustFullHasNoNext() {
    put(user("1"), "{'note':'x'}");
    put(user("2"), "{'note':'x'}");
    put(user("3"), "{'note':'y'}");
    Expression note = People.compare(People.NOTE, Operator.EQ, "x");
    assertThat(storage.query(query("User", note, Query.Order.BY_ID, first(2))).next()).isEmpty();
    assertThat(storage.query(query("User", note, Query.Order.BY_ID, first(1))).next()).isPresent();
  }

  @Test
  void placesNeedNotBeOccupied() {
    put(user("1"), "{'userName':'b'}");
    put(user("2"), "{'userName':'d'}");
    Query.Order order = new Query.Order(People.NAME, false);
    Query.Position c = new Query.Position(Optional.of("c"), "zzz");
    assertThat(page(order, c)).containsExactly("2");
    assertThat(page(new Query.Order(People.NAME, true), c)).containsExactly("1");
    assertThat(page(order, new Query.Position(Optional.empty(), ""))).isEmpty();
    assertThat(page(new Query.Order(People.NAME, true), new Query.Position(Optional.empty(), "")))
        .containsExactly("2", "1");
    assertThat(page(Query.Order.BY_ID, new Query.Position(Optional.empty(), "1a")))
        .containsExactly("2");
  }

  @Test
  void filterAppliesToEveryPage() {
    for (int i = 10; i < 40; i++) {
      put(user("u" + i), "{'userName':'n" + i % 4 + "','note':'" + i % 3 + "'}");
    }
    for (Path path : List.of(People.NAME, People.unindexed(People.NAME))) {
      for (Expression filter :
          List.of(
              People.compare(People.NOTE, Operator.EQ, "1"),
              People.compare(People.NAME, Operator.GREATER, "n1"))) {
        for (boolean descending : List.of(false, true)) {
          Query.Order order = new Query.Order(path, descending);
          List<String> atOnce =
              ids(storage.query(query("User", filter, order, first(100))).items());
          assertThat(walked(filter, order, 3)).isEqualTo(atOnce);
          assertThat(storage.count(query("User", filter, order, first(3))))
              .isEqualTo(atOnce.size());
        }
      }
    }
  }

  @Test
  void walkSeesOnceWhoWasThereThroughout() {
    for (Query.Order order :
        List.of(
            Query.Order.BY_ID,
            new Query.Order(Path.ID, true),
            new Query.Order(People.NAME, false),
            new Query.Order(People.NAME, true),
            new Query.Order(People.unindexed(People.EMAIL), false))) {
      List<String> staying = new ArrayList<>();
      for (int i = 10; i < 40; i++) {
        String id = "s" + i;
        put(user(id), "{'userName':'n" + i % 5 + "','emails':[{'value':'" + i % 7 + "'}]}");
        staying.add(id);
        put(user("t" + i), "{'userName':'n" + i % 5 + "'}");
      }
      List<String> seen = new ArrayList<>();
      Optional<Query.Position> after = Optional.empty();
      int round = 10;
      do {
        Found found = storage.query(query("User", ALL, order, new Query.Page.After(after, 5)));
        seen.addAll(ids(found.items()));
        after = found.next();
        delete(user("t" + round)); // some of them seen, some not
        put(user("r" + round), "{'userName':'n" + round % 5 + "'}");
        put(user("x" + round), "{}");
        put(user("s" + round), read(user("s" + round)).document().text().replace("{", "{'k':1,"));
        round++;
      } while (after.isPresent() && round < 40);
      seen.retainAll(staying);
      Collections.sort(seen);
      assertThat(seen).as("%s", order).isEqualTo(staying);
      matching(ALL).forEach(id -> delete(user(id)));
    }
  }

  @Test
  void sortThatMustReadTooManyIsRefused() {
    for (int i = 0; i < 20; i++) {
      put(user("u" + i), "{'note':'x'}");
    }
    assertThatThrownBy(
            () ->
                storage.query(
                    new Query(
                        tenant,
                        "User",
                        ALL,
                        new Query.Order(People.NOTE, false),
                        first(5),
                        List.of(),
                        19)))
        .isInstanceOf(StorageException.TooLarge.class);
    assertThat(
            storage
                .query(
                    new Query(
                        tenant,
                        "User",
                        ALL,
                        new Query.Order(People.NAME, false),
                        first(5),
                        List.of(),
                        0))
                .items())
        .hasSize(5);
  }

  private List<String> page(Query.Order order, Query.Position after) {
    return ids(
        storage
            .query(query("User", ALL, order, new Query.Page.After(Optional.of(after), 10)))
            .items());
  }

  /** Asserts an order in one page, in pages of one and two, and without an index. */
  private void assertOrder(Path path, boolean descending, String... ids) {
    for (Path each : List.of(path, People.unindexed(path))) {
      Query.Order order = new Query.Order(each, descending);
      assertThat(ids(storage.query(query("User", ALL, order, first(100))).items()))
          .containsExactly(ids);
      assertThat(walked(ALL, order, 1)).containsExactly(ids);
      assertThat(walked(ALL, order, 2)).containsExactly(ids);
    }
  }

  private List<String> walked(Expression filter, Query.Order order, int limit) {
    List<String> walked = new ArrayList<>();
    Optional<Query.Position> after = Optional.empty();
    do {
      Found found = storage.query(query("User", filter, order, new Query.Page.After(after, limit)));
      walked.addAll(ids(found.items()));
      after = found.next();
    } while (after.isPresent());
    return walked;
  }
}
