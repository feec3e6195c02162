package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.muster.storage.Expression.Operator;

/** Pages of large documents are cut short, and yet nothing is lost or repeated. */
abstract class LargePageContract extends StorageContract {
  private static final int LARGE = 11;
  private static final int BYTES = 1_000_000;
  private static final Expression ALL = new Expression.All();
  private static final List<Expression> FILTERS =
      List.of(
          ALL,
          People.compare(People.NAME, Operator.EQ, "same"),
          People.compare(People.NAME, Operator.STARTS_WITH, "sa"),
          People.compare(People.NOTE, Operator.STARTS_WITH, "n"));

  private final List<String> ids = new ArrayList<>();

  @BeforeEach
  void putLargeAndSmall() {
    String rest = "y".repeat(BYTES);
    for (int i = 10; i < 10 + 2 * LARGE; i++) {
      String note = "n" + (99 - i) + (i % 2 == 0 ? rest : "");
      put(user("u" + i), "{'userName':'same','age':" + i % 5 + ",'note':'" + note + "'}");
      ids.add("u" + i);
    }
  }

  private static List<Query.Order> orders() {
    return List.of(
        Query.Order.BY_ID,
        new Query.Order(Path.ID, true),
        new Query.Order(People.AGE, false),
        new Query.Order(People.AGE, true),
        new Query.Order(People.NOTE, false));
  }

  private List<String> expected(Query.Order order) {
    Comparator<String> byId = Comparator.naturalOrder();
    Comparator<String> byAge = Comparator.comparing(id -> number(id) % 5);
    if (order.path().equals(Path.ID)) {
      return ids.stream().sorted(order.descending() ? byId.reversed() : byId).toList();
    }
    if (order.path().equals(People.NOTE)) {
      return ids.stream().sorted(byId.reversed()).toList();
    }
    Comparator<String> first = order.descending() ? byAge.reversed() : byAge;
    return ids.stream().sorted(first.thenComparing(byId)).toList();
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  private static void assertBounded(List<Stored> items) {
    long length = items.stream().mapToLong(item -> item.document().text().length()).sum();
    assertThat(items.size() == 1 || length <= Query.Page.MAX_BYTES)
        .as("%s documents of %s characters", items.size(), length)
        .isTrue();
  }

  @Test
  void cursorGoesOnBehindWhatWasCut() {
    for (Expression filter : FILTERS) {
      for (Query.Order order : orders()) {
        for (int limit : new int[] {1_000, 20, 5}) {
          List<String> walked = new ArrayList<>();
          Optional<Query.Position> place = Optional.empty();
          do {
            Found found =
                storage.query(query("User", filter, order, new Query.Page.After(place, limit)));
            assertBounded(found.items());
            walked.addAll(ids(found.items()));
            place = found.next();
          } while (place.isPresent());
          assertThat(walked).as("%s %s %s", filter, order, limit).isEqualTo(expected(order));
        }
      }
    }
  }

  @Test
  void offsetGoesOnBehindWhatWasCut() {
    for (Expression filter : FILTERS) {
      for (Query.Order order : orders()) {
        List<String> walked = new ArrayList<>();
        boolean more = true;
        while (more) {
          Query.Page page = new Query.Page.Offset(walked.size(), 1_000);
          Found found = storage.query(query("User", filter, order, page));
          assertBounded(found.items());
          walked.addAll(ids(found.items()));
          more = found.next().isPresent();
        }
        assertThat(walked).as("%s %s", filter, order).isEqualTo(expected(order));
      }
    }
  }

  @Test
  void scanAndCountSeeAll() {
    for (Expression filter : FILTERS) {
      Query query = query("User", filter, Query.Order.BY_ID, first(1));
      List<String> scanned = new ArrayList<>();
      storage.scan(query, stored -> scanned.add(stored.key().id()));
      assertThat(scanned).as("%s", filter).isEqualTo(ids);
      assertThat(storage.count(query)).as("%s", filter).isEqualTo(ids.size());
    }
  }

  @Test
  void linksComeAlongWithWhatIsOnThePage() {
    put(group("g"), "{}");
    link(group("g"), user("u10"), user("u12"), user("u14"));
    Query query =
        new Query(
            tenant,
            "User",
            ALL,
            Query.Order.BY_ID,
            first(100),
            List.of(new LinkSelector(MEMBERS, LinkSelector.Direction.IN, false)),
            Long.MAX_VALUE);
    List<Stored> items = storage.query(query).items();
    assertThat(items).hasSizeGreaterThan(5);
    assertThat(items.stream().filter(item -> !item.links().isEmpty()).map(i -> i.key().id()))
        .containsExactly("u10", "u12", "u14");
  }
}
