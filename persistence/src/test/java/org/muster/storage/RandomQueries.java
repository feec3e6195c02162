package org.muster.storage;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.Folding;
import org.muster.kernel.TenantId;
import org.muster.storage.Expression.LinkTest;
import org.muster.storage.Expression.Operator;
import org.muster.storage.LinkSelector.Direction;

/** Queries of every kind over what {@link RandomBatches} write. */
final class RandomQueries {
  private static final List<Path> PATHS =
      List.of(
          People.NAME,
          People.NAME,
          People.CODE,
          People.EMAIL,
          People.ACTIVE,
          People.AGE,
          People.SEEN,
          People.NOTE,
          People.TAGS,
          People.CITY,
          Path.ID);

  private final TenantId tenant;
  private final RandomPeople people;
  private final List<Path> columns;

  /** Times are asked for only if both providers have the same clock. */
  RandomQueries(TenantId tenant, RandomPeople people, boolean sameClock) {
    this.tenant = tenant;
    this.people = people;
    this.columns = sameClock ? List.of(Path.CREATED, Path.MODIFIED) : List.of(Path.ID);
  }

  Query next() {
    Query.Page page =
        people.chance(70)
            ? new Query.Page.After(Optional.empty(), people.number(0, 6))
            : new Query.Page.Offset(people.number(0, 8), people.number(0, 6));
    return new Query(
        tenant,
        people.collection(),
        expression(people.number(0, 3)),
        people.chance(40) ? Query.Order.BY_ID : new Query.Order(path(), people.chance(50)),
        page,
        people.chance(60) ? List.of() : selectors(),
        Long.MAX_VALUE);
  }

  List<LinkSelector> selectors() {
    List<LinkSelector> selectors = new ArrayList<>();
    for (int n = people.number(0, 2); n > 0; n--) {
      selectors.add(new LinkSelector(relation(), direction(), people.chance(50)));
    }
    return selectors;
  }

  LinkQuery links() {
    Optional<LinkQuery.Position> after =
        people.chance(50)
            ? Optional.empty()
            : Optional.of(new LinkQuery.Position(people.key(), people.key()));
    return new LinkQuery(people.keys(1, 4), relation(), direction(), after, people.number(1, 6));
  }

  private Expression expression(int depth) {
    if (depth == 0) {
      return leaf();
    }
    return switch (people.number(0, 4)) {
      case 0 -> new Expression.And(expressions(depth));
      case 1 -> new Expression.Or(expressions(depth));
      case 2 -> new Expression.Not(expression(depth - 1));
      default -> leaf();
    };
  }

  private List<Expression> expressions(int depth) {
    List<Expression> parts = new ArrayList<>();
    for (int n = people.number(0, 9) == 0 ? 0 : people.number(1, 3); n > 0; n--) {
      parts.add(expression(depth - 1));
    }
    return parts;
  }

  private Expression leaf() {
    int kind = people.number(0, 99);
    if (kind < 10) {
      return new Expression.All();
    }
    if (kind < 20) {
      return new Expression.Present(path());
    }
    if (kind < 35) {
      return new Expression.HasLink(relation(), direction(), people.chance(40), linkTest());
    }
    if (kind < 45) {
      return new Expression.Element(People.EMAILS, element(people.number(0, 2)));
    }
    return compare(path());
  }

  private Expression element(int depth) {
    if (depth > 0) {
      List<Expression> parts = List.of(element(depth - 1), element(depth - 1));
      return people.chance(70) ? new Expression.And(parts) : new Expression.Not(parts.get(0));
    }
    Path path = people.pick(List.of(People.TYPE, People.VALUE, People.PRIMARY));
    return people.chance(20) ? new Expression.Present(path) : compare(path);
  }

  private Expression compare(Path path) {
    return new Expression.Compare(path, people.pick(List.of(Operator.values())), operand(path));
  }

  private String operand(Path path) {
    return switch (path.type()) {
      case TEXT -> part(Folding.fold(text(path), path.caseExact()));
      case BOOLEAN -> people.chance(50) ? "true" : "false";
      case NUMBER -> Keys.number(new BigDecimal(people.pick(RandomPeople.NUMBERS)));
      case DATE_TIME ->
          path.isColumn()
              ? Keys.dateTime(DifferentialTest.START.plusMillis(people.number(0, 300)))
              : Keys.dateTime(people.pick(RandomPeople.TIMES)).orElseThrow();
      case OTHER -> "";
    };
  }

  private String text(Path path) {
    if (path.isColumn()) {
      return people.key().id();
    }
    return path.equals(People.TYPE) ? "work" : people.pick(RandomPeople.TEXTS);
  }

  /** A text, or its beginning, end or middle. */
  private String part(String text) {
    int points = text.codePointCount(0, text.length());
    if (points < 2 || people.chance(60)) {
      return text;
    }
    int from = people.chance(50) ? 0 : people.number(0, Math.min(2, points - 1));
    int to = people.chance(50) ? points : people.number(Math.max(from, points - 2), points);
    return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
  }

  private Path path() {
    Path path = people.chance(10) ? people.pick(columns) : people.pick(PATHS);
    return people.chance(20) ? People.unindexed(path) : path;
  }

  private String relation() {
    return people.chance(80) ? "members" : "manager";
  }

  private Direction direction() {
    return people.chance(50) ? Direction.IN : Direction.OUT;
  }

  private LinkTest linkTest() {
    return switch (people.number(0, 3)) {
      case 0 -> new LinkTest.Any();
      case 1 -> new LinkTest.InCollection(people.collection());
      default -> new LinkTest.Id(people.key().id());
    };
  }
}
