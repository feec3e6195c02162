package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Folding;
import org.muster.storage.Expression.And;
import org.muster.storage.Expression.Element;
import org.muster.storage.Expression.HasLink;
import org.muster.storage.Expression.LinkTest;
import org.muster.storage.Expression.Not;
import org.muster.storage.Expression.Operator;
import org.muster.storage.Expression.Or;
import org.muster.storage.Expression.Present;
import org.muster.storage.LinkSelector.Direction;

/** Which documents satisfy which conditions, with and without an index. */
abstract class FilterContract extends StorageContract {

  @Test
  void textIsComparedFoldedUnlessCaseExact() {
    put(user("1"), "{'userName':'Ann','externalId':'Ann'}");
    put(user("2"), "{'userName':'bob','externalId':'ann'}");
    put(user("3"), "{}");
    assertThat(text(People.NAME, Operator.EQ, "ANN")).containsExactly("1");
    assertThat(text(People.NAME, Operator.NE, "ANN")).containsExactly("2", "3");
    assertThat(text(People.CODE, Operator.EQ, "ann")).containsExactly("2");
    assertThat(text(People.CODE, Operator.NE, "ann")).containsExactly("1", "3");
    assertThat(text(People.NAME, Operator.STARTS_WITH, "AN")).containsExactly("1");
    assertThat(text(People.NAME, Operator.ENDS_WITH, "OB")).containsExactly("2");
    assertThat(text(People.NAME, Operator.CONTAINS, "N")).containsExactly("1");
    assertThat(text(People.CODE, Operator.CONTAINS, "A")).containsExactly("1");
    assertThat(text(People.NAME, Operator.GREATER, "ann")).containsExactly("2");
    assertThat(text(People.NAME, Operator.GREATER_OR_EQUAL, "ann")).containsExactly("1", "2");
    assertThat(text(People.NAME, Operator.LESS, "BOB")).containsExactly("1");
    assertThat(text(People.NAME, Operator.LESS_OR_EQUAL, "bob")).containsExactly("1", "2");
    assertThat(matching(new Present(People.NAME))).containsExactly("1", "2");
    assertThat(matching(new Not(new Present(People.NAME)))).containsExactly("3");
  }

  @Test
  void numbersAreComparedByValue() {
    put(user("1"), "{'age':-10}");
    put(user("2"), "{'age':9}");
    put(user("3"), "{'age':10.0}");
    put(user("4"), "{'age':1e3}");
    put(user("5"), "{'age':0}");
    put(user("6"), "{}");
    put(user("7"), "{'age':12345678901234567890.000001}");
    assertThat(age(Operator.EQ, "10")).containsExactly("3");
    assertThat(age(Operator.EQ, "1000.00")).containsExactly("4");
    assertThat(age(Operator.EQ, "-0.0")).containsExactly("5");
    assertThat(age(Operator.EQ, "12345678901234567890")).isEmpty();
    assertThat(age(Operator.NE, "9")).containsExactly("1", "3", "4", "5", "6", "7");
    assertThat(age(Operator.GREATER, "9")).containsExactly("3", "4", "7");
    assertThat(age(Operator.GREATER_OR_EQUAL, "9")).containsExactly("2", "3", "4", "7");
    assertThat(age(Operator.LESS, "0")).containsExactly("1");
    assertThat(age(Operator.LESS, "-9.99")).containsExactly("1");
    assertThat(age(Operator.LESS_OR_EQUAL, "9")).containsExactly("1", "2", "5");
    assertThat(age(Operator.CONTAINS, "9")).isEmpty();
    assertThat(age(Operator.STARTS_WITH, "9")).isEmpty();
    assertThat(age(Operator.ENDS_WITH, "9")).isEmpty();
    assertThat(matching(new Present(People.AGE))).containsExactly("1", "2", "3", "4", "5", "7");
  }

  @Test
  void booleansAreEqualOrNot() {
    put(user("1"), "{'active':true}");
    put(user("2"), "{'active':false}");
    put(user("3"), "{}");
    assertThat(is(People.ACTIVE, Operator.EQ, "true")).containsExactly("1");
    assertThat(is(People.ACTIVE, Operator.EQ, "false")).containsExactly("2");
    assertThat(is(People.ACTIVE, Operator.NE, "true")).containsExactly("2", "3");
    assertThat(is(People.ACTIVE, Operator.GREATER, "false")).containsExactly("1");
    assertThat(is(People.ACTIVE, Operator.CONTAINS, "r")).isEmpty();
    assertThat(matching(new Present(People.ACTIVE))).containsExactly("1", "2");
  }

  @Test
  void timesAreComparedAsInstants() {
    put(user("1"), "{'seen':'2020-01-01T00:00:00Z'}");
    put(user("2"), "{'seen':'2020-01-01T01:00:00.000+01:00'}");
    put(user("3"), "{'seen':'2020-01-01T00:00:00.5Z'}");
    put(user("4"), "{'seen':'1969-12-31T23:59:59Z'}");
    put(user("5"), "{}");
    String newYear = Keys.dateTime("2019-12-31T19:00:00-05:00").orElseThrow();
    assertThat(is(People.SEEN, Operator.EQ, newYear)).containsExactly("1", "2");
    assertThat(is(People.SEEN, Operator.NE, newYear)).containsExactly("3", "4", "5");
    assertThat(is(People.SEEN, Operator.GREATER, newYear)).containsExactly("3");
    assertThat(is(People.SEEN, Operator.GREATER_OR_EQUAL, newYear)).containsExactly("1", "2", "3");
    assertThat(is(People.SEEN, Operator.LESS, newYear)).containsExactly("4");
    assertThat(is(People.SEEN, Operator.LESS_OR_EQUAL, newYear)).containsExactly("1", "2", "4");
    assertThat(is(People.SEEN, Operator.STARTS_WITH, newYear)).isEmpty();
  }

  @Test
  void columnsAreComparedLikeValues() {
    Stored first = put(user("a"), "{}");
    putAll(user("b"), user("B"));
    assertThat(is(Path.ID, Operator.EQ, "b")).containsExactly("b");
    assertThat(is(Path.ID, Operator.NE, "b")).containsExactly("B", "a");
    assertThat(is(Path.ID, Operator.GREATER, "B")).containsExactly("a", "b");
    assertThat(is(Path.ID, Operator.LESS_OR_EQUAL, "a")).containsExactly("B", "a");
    assertThat(is(Path.ID, Operator.CONTAINS, "b")).containsExactly("b");
    assertThat(matching(new Present(Path.ID))).hasSize(3);
    assertThat(matching(new Present(Path.CREATED))).hasSize(3);
    String created = Keys.dateTime(first.created());
    String later = Keys.dateTime(first.created().plusSeconds(3_600));
    assertThat(is(Path.CREATED, Operator.EQ, created)).contains("a");
    assertThat(is(Path.CREATED, Operator.GREATER_OR_EQUAL, created)).hasSize(3);
    assertThat(is(Path.CREATED, Operator.LESS, created)).isEmpty();
    assertThat(is(Path.MODIFIED, Operator.LESS, later)).hasSize(3);
    assertThat(is(Path.MODIFIED, Operator.GREATER, later)).isEmpty();
    assertThat(is(Path.MODIFIED, Operator.NE, later)).hasSize(3);
    String betweenMilliseconds = Keys.dateTime(first.created().plusNanos(500_000));
    assertThat(is(Path.CREATED, Operator.EQ, betweenMilliseconds)).isEmpty();
    assertThat(is(Path.CREATED, Operator.LESS, betweenMilliseconds)).contains("a");
    assertThat(is(Path.CREATED, Operator.GREATER, betweenMilliseconds)).doesNotContain("a");
    assertThat(is(Path.CREATED, Operator.LESS, "")).isEmpty();
    assertThat(is(Path.CREATED, Operator.LESS, "not a time")).hasSize(3);
    assertThat(is(Path.CREATED, Operator.EQ, "not a time")).isEmpty();
  }

  @Test
  void anyValueOfAMultiValuedPathSatisfies() {
    put(user("1"), "{'emails':[{'value':'a@x'},{'value':'b@y'}],'tags':['red','Blue']}");
    put(user("2"), "{'emails':[{'value':'A@X'}],'tags':'red'}");
    put(user("3"), "{'emails':[],'tags':[[['green']]]}");
    put(user("4"), "{'emails':{'value':'c@z'}}");
    assertThat(text(People.EMAIL, Operator.EQ, "a@x")).containsExactly("1", "2");
    assertThat(text(People.EMAIL, Operator.NE, "a@x")).containsExactly("1", "3", "4");
    assertThat(matching(new Not(People.compare(People.EMAIL, Operator.EQ, "a@x"))))
        .containsExactly("3", "4");
    assertThat(text(People.EMAIL, Operator.ENDS_WITH, "Y")).containsExactly("1");
    assertThat(text(People.EMAIL, Operator.GREATER, "b")).containsExactly("1", "4");
    assertThat(text(People.EMAIL, Operator.LESS, "b")).containsExactly("1", "2");
    assertThat(matching(new Present(People.EMAIL))).containsExactly("1", "2", "4");
    assertThat(text(People.TAGS, Operator.EQ, "blue")).containsExactly("1");
    assertThat(text(People.TAGS, Operator.EQ, "red")).containsExactly("1", "2");
    assertThat(text(People.TAGS, Operator.EQ, "green")).containsExactly("3");
    assertThat(text(People.TAGS, Operator.NE, "red")).containsExactly("1", "3", "4");
  }

  @Test
  void twoConditionsOnAMultiValuedPathMayHoldForDifferentValues() {
    put(user("1"), "{'emails':[{'value':'a@x'},{'value':'b@y'}]}");
    put(user("2"), "{'emails':[{'value':'a@x'}]}");
    assertThat(
            matching(
                new And(
                    List.of(
                        People.compare(People.EMAIL, Operator.STARTS_WITH, "a"),
                        People.compare(People.EMAIL, Operator.ENDS_WITH, "y")))))
        .containsExactly("1");
  }

  @Test
  void elementsSatisfyAConditionOneByOne() {
    put(user("1"), "{'emails':[{'value':'a@x','type':'work'},{'value':'b@y','type':'home'}]}");
    put(user("2"), "{'emails':[{'value':'a@x','type':'home'},{'value':'b@y','type':'work'}]}");
    put(user("3"), "{'emails':{'value':'A@X','type':'Work','primary':true}}");
    put(user("4"), "{'emails':[]}");
    put(user("5"), "{'emails':[{'value':'c@z'},null,'text']}");
    Expression work = People.compare(People.TYPE, Operator.EQ, "work");
    Expression atX = People.compare(People.VALUE, Operator.ENDS_WITH, "@x");
    assertThat(emails(new And(List.of(work, atX)))).containsExactly("1", "3");
    assertThat(emails(new And(List.of(work, new Not(atX))))).containsExactly("2");
    assertThat(emails(new Or(List.of(work, atX)))).containsExactly("1", "2", "3");
    assertThat(emails(new Not(new Or(List.of(work, atX))))).containsExactly("1", "5");
    assertThat(emails(new Present(People.PRIMARY))).containsExactly("3");
    assertThat(emails(People.compare(People.PRIMARY, Operator.EQ, "true"))).containsExactly("3");
    assertThat(emails(People.compare(People.TYPE, Operator.NE, "work")))
        .containsExactly("1", "2", "5");
    assertThat(matching(new Not(new Element(People.EMAILS, work)))).containsExactly("4", "5");
    assertThat(emails(new Expression.All())).containsExactly("1", "2", "3", "5");
  }

  @Test
  void elementOfSimpleValuesIsItsOwnRoot() {
    put(user("1"), "{'tags':['red','blue']}");
    put(user("2"), "{'tags':['reed']}");
    Path tag = new Path("tag", List.of(), Path.Type.TEXT, false, false, false);
    Expression both =
        new And(
            List.of(
                People.compare(tag, Operator.STARTS_WITH, "r"),
                People.compare(tag, Operator.CONTAINS, "ee")));
    assertThat(matching(new Element(People.TAGS, both))).containsExactly("2");
  }

  @Test
  void elementsWithinElementsAreReached() {
    Path phones = new Path("phones", List.of("phones"), Path.Type.OTHER, false, true, false);
    put(user("1"), "{'emails':[{'type':'a','phones':[{'type':'x','value':'1'}]}]}");
    put(user("2"), "{'emails':[{'type':'b','phones':[{'type':'x','value':'1'}]}]}");
    put(user("3"), "{'emails':[{'type':'a','phones':[{'type':'x'},{'value':'1'}]}]}");
    Expression inner =
        new Element(
            phones,
            new And(
                List.of(
                    People.compare(People.TYPE, Operator.EQ, "x"),
                    People.compare(People.VALUE, Operator.EQ, "1"))));
    assertThat(emails(new And(List.of(People.compare(People.TYPE, Operator.EQ, "a"), inner))))
        .containsExactly("1");
    assertThat(emails(new And(List.of(inner, People.compare(Path.ID, Operator.EQ, "2")))))
        .containsExactly("2");
  }

  @Test
  void valuesOfAnotherTypeArePresentAndNothingElse() {
    put(user("1"), "{'note':5}");
    put(user("2"), "{'note':{'x':1}}");
    put(user("3"), "{'note':null}");
    put(user("4"), "{'note':'5'}");
    put(user("5"), "{'note':{}}");
    put(user("6"), "{'note':[null,'',{},[]]}");
    assertThat(text(People.NOTE, Operator.EQ, "5")).containsExactly("4");
    assertThat(text(People.NOTE, Operator.NE, "5")).containsExactly("1", "2", "3", "5", "6");
    assertThat(matching(new Present(People.NOTE))).containsExactly("1", "2", "4");
    assertThat(text(People.NOTE, Operator.GREATER_OR_EQUAL, "")).containsExactly("4", "6");
  }

  @Test
  void pathsLeadThroughObjectsByExactName() {
    put(user("1"), "{'address':{'city':'Bern'}}");
    put(user("2"), "{'address':{'City':'Bern'}}");
    put(user("3"), "{'address.city':'Bern'}");
    put(user("4"), "{'address':'Bern'}");
    put(user("5"), "{'address':[{'city':'Bern'}]}");
    assertThat(text(People.CITY, Operator.EQ, "bern")).containsExactly("1", "5");
  }

  @Test
  void connectivesWorkAsInLogic() {
    put(user("1"), "{'userName':'ann','active':true}");
    put(user("2"), "{'userName':'bob','active':true}");
    put(user("3"), "{'userName':'eve'}");
    Expression ann = People.compare(People.NAME, Operator.EQ, "ann");
    Expression active = People.compare(People.ACTIVE, Operator.EQ, "true");
    assertThat(matching(new And(List.of(ann, active)))).containsExactly("1");
    assertThat(matching(new Or(List.of(ann, active)))).containsExactly("1", "2");
    assertThat(matching(new And(List.of(active, new Not(ann))))).containsExactly("2");
    assertThat(matching(new Not(new Or(List.of(ann, active))))).containsExactly("3");
    assertThat(matching(new Not(new And(List.of(ann, active))))).containsExactly("2", "3");
    assertThat(matching(new Not(new Not(ann)))).containsExactly("1");
    assertThat(matching(new And(List.of()))).hasSize(3);
    assertThat(matching(new Or(List.of()))).isEmpty();
    assertThat(matching(new Not(new Expression.All()))).isEmpty();
    assertThat(matching(new And(List.of(ann, new Expression.All())))).containsExactly("1");
    assertThat(matching(new Or(List.of(ann, new Expression.All())))).hasSize(3);
  }

  @Test
  void indexedAndOtherConditionsMix() {
    put(user("1"), "{'userName':'ann','note':'x'}");
    put(user("2"), "{'userName':'ann','note':'y'}");
    put(user("3"), "{'userName':'bob','note':'x'}");
    Expression ann = People.compare(People.NAME, Operator.EQ, "ann");
    Expression x = People.compare(People.NOTE, Operator.EQ, "x");
    assertThat(matching(new And(List.of(ann, x)))).containsExactly("1");
    assertThat(matching(new Or(List.of(ann, x)))).containsExactly("1", "2", "3");
    assertThat(matching(new And(List.of(ann, new Not(x))))).containsExactly("2");
    assertThat(matching(new Not(new Or(List.of(new Not(ann), x))))).containsExactly("2");
    assertThat(matching(new Not(new And(List.of(ann, x))))).containsExactly("2", "3");
  }

  @Test
  void deepAndWideFiltersAreAnswered() {
    put(user("1"), "{'userName':'ann','note':'x'}");
    for (Path path : List.of(People.NAME, People.NOTE)) {
      Expression deep = People.compare(path, Operator.EQ, path.equals(People.NAME) ? "ann" : "x");
      for (int i = 0; i < 50; i++) {
        deep = new Not(new Not(new And(List.of(new Or(List.of(deep))))));
      }
      assertThat(matching(deep)).containsExactly("1");
    }
    List<Expression> wide = new java.util.ArrayList<>();
    for (int i = 0; i < 500; i++) {
      wide.add(People.compare(People.NAME, Operator.EQ, "n" + i));
    }
    assertThat(matching(new Or(wide))).isEmpty();
    wide.add(People.compare(People.NAME, Operator.EQ, "ann"));
    assertThat(matching(new Or(wide))).containsExactly("1");
  }

  @Test
  void directLinksAreTested() {
    putAll(user("ann"), user("bob"), user("eve"), group("g"), group("h"));
    link(group("g"), user("ann"), user("bob"));
    link(group("h"), user("bob"), group("g"));
    link(user("eve"), user("eve"));
    assertThat(matching(in(false, new LinkTest.Any()))).containsExactly("ann", "bob", "eve");
    assertThat(matching(in(false, new LinkTest.Id("g")))).containsExactly("ann", "bob");
    assertThat(matching(in(false, new LinkTest.Id("h")))).containsExactly("bob");
    assertThat(matching(in(false, new LinkTest.Id("eve")))).containsExactly("eve");
    assertThat(matching(in(false, new LinkTest.Id("nobody' or '1'='1")))).isEmpty();
    assertThat(matching(in(false, new LinkTest.InCollection("Group"))))
        .containsExactly("ann", "bob");
    assertThat(matching(in(false, new LinkTest.InCollection("User")))).containsExactly("eve");
    assertThat(matching(new Not(in(false, new LinkTest.InCollection("Group")))))
        .containsExactly("eve");
    assertThat(groups(out(false, new LinkTest.Id("bob")))).containsExactly("g", "h");
    assertThat(groups(out(false, new LinkTest.InCollection("Group")))).containsExactly("h");
    assertThat(groups(out(false, new LinkTest.Any()))).containsExactly("g", "h");
    assertThat(matching(new HasLink("other", Direction.IN, false, new LinkTest.Any()))).isEmpty();
  }

  @Test
  void transitiveLinksAreTestedAlsoOnCycles() {
    putAll(user("ann"), user("bob"), user("eve"), group("g"), group("h"), group("i"));
    link(group("g"), group("h"), user("bob"));
    link(group("h"), group("i"));
    link(group("i"), user("ann"), group("g"));
    assertThat(matching(in(true, new LinkTest.Id("g")))).containsExactly("ann", "bob");
    assertThat(matching(in(true, new LinkTest.Id("h")))).containsExactly("ann", "bob");
    assertThat(matching(in(true, new LinkTest.Any()))).containsExactly("ann", "bob");
    assertThat(matching(new Not(in(true, new LinkTest.Any())))).containsExactly("eve");
    assertThat(groups(out(true, new LinkTest.Id("bob")))).containsExactly("g", "h", "i");
    assertThat(groups(out(true, new LinkTest.Id("g")))).containsExactly("h", "i");
    assertThat(groups(out(true, new LinkTest.InCollection("User")))).containsExactly("g", "h", "i");
    assertThat(groups(out(true, new LinkTest.InCollection("Group"))))
        .containsExactly("g", "h", "i");
    assertThat(groups(in(true, new LinkTest.Id("i")))).containsExactly("g", "h");
  }

  @Test
  void linkTestsMixWithOtherConditions() {
    put(user("ann"), "{'userName':'ann','note':'x'}");
    put(user("bob"), "{'userName':'bob','note':'x'}");
    putAll(group("g"));
    link(group("g"), user("ann"));
    Expression inG = in(true, new LinkTest.Id("g"));
    Expression note = People.compare(People.NOTE, Operator.EQ, "x");
    Expression bob = People.compare(People.NAME, Operator.EQ, "bob");
    assertThat(matching(new And(List.of(inG, note)))).containsExactly("ann");
    assertThat(matching(new Or(List.of(inG, bob)))).containsExactly("ann", "bob");
    assertThat(matching(new And(List.of(note, new Not(inG))))).containsExactly("bob");
  }

  @Test
  void filterThatMustReadTooManyIsRefused() {
    for (int i = 0; i < 20; i++) {
      put(user("u" + i), "{'userName':'n" + i + "','note':'x'}");
    }
    Expression note = People.compare(People.NOTE, Operator.EQ, "nothing");
    for (Query query : List.of(limited(note, 19), limited(new Not(new Not(note)), 0))) {
      assertThatThrownBy(() -> storage.query(query)).isInstanceOf(StorageException.TooLarge.class);
      assertThatThrownBy(() -> storage.count(query)).isInstanceOf(StorageException.TooLarge.class);
    }
    assertThat(storage.query(limited(note, 20)).items()).isEmpty();
    assertThat(storage.count(limited(note, 20))).isZero();
  }

  @Test
  void filterOnIndexesReadsNothingOneByOne() {
    for (int i = 0; i < 20; i++) {
      put(user("u" + i), "{'userName':'n" + i + "','note':'x'}");
    }
    Expression name = People.compare(People.NAME, Operator.EQ, "n7");
    assertThat(ids(storage.query(limited(name, 0)).items())).containsExactly("u7");
    assertThat(storage.count(limited(name, 0))).isEqualTo(1);
    assertThat(storage.query(limited(new Expression.All(), 0)).items()).hasSize(20);
    assertThat(storage.count(limited(new Expression.All(), 0))).isEqualTo(20);
    Expression both = new And(List.of(name, People.compare(People.NOTE, Operator.EQ, "x")));
    assertThat(ids(storage.query(limited(both, 1)).items())).containsExactly("u7");
  }

  @Test
  void scanHasNoLimit() {
    for (int i = 0; i < 20; i++) {
      put(user("u" + i), "{'note':'x'}");
    }
    List<Stored> scanned = new java.util.ArrayList<>();
    storage.scan(limited(People.compare(People.NOTE, Operator.EQ, "x"), 0), scanned::add);
    assertThat(scanned).hasSize(20);
  }

  @Test
  void scanSeesMoreThanOneChunk() {
    for (int from = 0; from < 1_500; from += 500) {
      Batch.Builder batch = Batch.builder(tenant);
      for (int i = from; i < from + 500; i++) {
        batch.add(People.put(user("u" + (10_000 + i)), "{'note':'" + i % 3 + "'}"));
      }
      storage.apply(batch.build());
    }
    List<String> scanned = new java.util.ArrayList<>();
    storage.scan(
        query("User", People.compare(People.NOTE, Operator.EQ, "1"), Query.Order.BY_ID, first(1)),
        stored -> scanned.add(stored.key().id()));
    assertThat(scanned).hasSize(500).isSorted();
  }

  private Query limited(Expression filter, long scanLimit) {
    return new Query(
        tenant,
        "User",
        filter,
        Query.Order.BY_ID,
        new Query.Page.After(Optional.empty(), 100),
        List.of(),
        scanLimit);
  }

  private List<String> is(Path path, Operator operator, String key) {
    return matching(People.compare(path, operator, key));
  }

  private List<String> text(Path path, Operator operator, String text) {
    return is(path, operator, Folding.fold(text, path.caseExact()));
  }

  private List<String> age(Operator operator, String number) {
    return is(People.AGE, operator, Keys.number(new BigDecimal(number)));
  }

  private List<String> emails(Expression element) {
    return matching(new Element(People.EMAILS, element));
  }

  private List<String> groups(Expression filter) {
    Query query = query("Group", filter, Query.Order.BY_ID, first(100));
    List<String> found = ids(storage.query(query).items());
    assertThat(storage.count(query)).isEqualTo(found.size());
    return found;
  }

  private static HasLink in(boolean transitive, LinkTest test) {
    return new HasLink(MEMBERS, Direction.IN, transitive, test);
  }

  private static HasLink out(boolean transitive, LinkTest test) {
    return new HasLink(MEMBERS, Direction.OUT, transitive, test);
  }
}
