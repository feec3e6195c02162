package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.muster.kernel.Folding;
import org.muster.kernel.TenantId;
import org.muster.sql.Sql;
import org.muster.storage.Expression;
import org.muster.storage.Expression.Compare;
import org.muster.storage.Expression.HasLink;
import org.muster.storage.Expression.LinkTest;
import org.muster.storage.Expression.Operator;
import org.muster.storage.LinkSelector;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.Path;
import org.muster.storage.StorageKey;
import org.muster.storage.TimeKeys;

/** Translates a filter into what the database can say of it. */
final class FilterPlanner {
  /** A key that has more UTF-16 units may be what is left of a longer value. */
  private static final int WHOLE = Folding.KEY_LENGTH - 2;

  private final Dialect dialect;
  private final Connection connection;
  private final Dialect.Scope scope;

  FilterPlanner(Dialect dialect, Connection connection, Dialect.Scope scope) {
    this.dialect = dialect;
    this.connection = connection;
    this.scope = scope;
  }

  /** Whether it asks for one key of an index, which is the whole value. */
  static boolean isOneWholeKey(Compare compare) {
    Path path = compare.path();
    return compare.operator() == Operator.EQ
        && path.indexed()
        && !path.multiValued()
        && !path.isColumn()
        && path.type() != Path.Type.OTHER
        && compare.operand().length() <= WHOLE;
  }

  Condition plan(Expression expression) throws SQLException {
    if (expression instanceof Expression.All) {
      return Condition.ALL;
    }
    if (expression instanceof Expression.And and) {
      return Condition.and(plan(and.parts()));
    }
    if (expression instanceof Expression.Or or) {
      return Condition.or(plan(or.parts()));
    }
    if (expression instanceof Expression.Not not) {
      return plan(not.part()).not();
    }
    if (expression instanceof Compare compare) {
      return compare(compare);
    }
    if (expression instanceof Expression.Present present) {
      return present(present.path());
    }
    if (expression instanceof Expression.Element element) {
      return Condition.atMost(necessary(element));
    }
    return link((HasLink) expression);
  }

  private List<Condition> plan(List<Expression> parts) throws SQLException {
    List<Condition> conditions = new ArrayList<>();
    for (Expression part : parts) {
      conditions.add(plan(part));
    }
    return conditions;
  }

  private Condition compare(Compare compare) {
    Path path = compare.path();
    Operator operator = compare.operator();
    String operand = compare.operand();
    if (!path.indexed() || !Folding.isStorable(operand)) {
      return Condition.UNKNOWN;
    }
    if (path.type() != Path.Type.TEXT && isTextual(operator)) {
      return Condition.NONE;
    }
    if (path.isColumn()) {
      return path.name().equals(Path.ID.name())
          ? Condition.exact(Dialect.test("d.id", operator, operand))
          : time(path, operator, operand);
    }
    if (operand.length() > WHOLE) {
      return longOperand(path, operator, operand);
    }
    Sql sql = dialect.compare(scope, path, operator, operand);
    if (operator == Operator.CONTAINS || operator == Operator.ENDS_WITH) {
      Sql cut = dialect.cut(scope, path);
      Sql may = Sql.of("(").add(sql).add(" or ").add(cut).add(")");
      Sql must =
          operator == Operator.CONTAINS
              ? sql
              : Sql.of("(").add(sql).add(" and ").add(Condition.not(cut)).add(")");
      return Condition.between(must, may);
    }
    return Condition.exact(sql);
  }

  private static boolean isTextual(Operator operator) {
    return operator == Operator.CONTAINS
        || operator == Operator.STARTS_WITH
        || operator == Operator.ENDS_WITH;
  }

  /** The keys of the values in question were cut. */
  private Condition longOperand(Path path, Operator operator, String operand) {
    return switch (operator) {
      case EQ -> Condition.atMost(dialect.compare(scope, path, Operator.EQ, Folding.key(operand)));
      case STARTS_WITH, CONTAINS, ENDS_WITH -> Condition.atMost(dialect.cut(scope, path));
      default -> Condition.UNKNOWN;
    };
  }

  /** The operand has nine decimals of a second, the column three. */
  private static Condition time(Path path, Operator operator, String operand) {
    String column = column(path);
    Optional<Instant> time = TimeKeys.instant(operand);
    long millis;
    boolean whole;
    try {
      if (time.isEmpty()) {
        return Condition.UNKNOWN;
      }
      millis = time.get().toEpochMilli();
      whole = time.get().equals(Instant.ofEpochMilli(millis));
    } catch (DateTimeException | ArithmeticException e) {
      return Condition.UNKNOWN;
    }
    return switch (operator) {
      case EQ -> whole ? exact(column, "=", millis) : Condition.NONE;
      case NE -> whole ? exact(column, "<>", millis) : Condition.ALL;
      case GREATER -> exact(column, ">", millis);
      case GREATER_OR_EQUAL -> exact(column, whole ? ">=" : ">", millis);
      case LESS -> exact(column, whole ? "<" : "<=", millis);
      case LESS_OR_EQUAL -> exact(column, "<=", millis);
      case CONTAINS, STARTS_WITH, ENDS_WITH -> Condition.NONE;
    };
  }

  /** The column of {@link Path#CREATED} or {@link Path#MODIFIED}. */
  static String column(Path path) {
    return path.name().equals(Path.CREATED.name()) ? "d.created_ms" : "d.modified_ms";
  }

  private static Condition exact(String column, String operator, long millis) {
    return Condition.exact(Sql.of(column + " " + operator + " ?", millis));
  }

  private Condition present(Path path) {
    if (path.isColumn()) {
      return Condition.ALL;
    }
    return path.indexed() && path.type() != Path.Type.OTHER
        ? Condition.exact(dialect.present(scope, path))
        : Condition.UNKNOWN;
  }

  /** What holds for a document if one of its elements satisfies the condition. */
  private Sql necessary(Expression.Element element) {
    return necessary(element.array(), element.element());
  }

  private Sql necessary(Path array, Expression expression) {
    if (expression instanceof Expression.And and) {
      return Condition.and(
              and.parts().stream().map(part -> Condition.atMost(necessary(array, part))).toList())
          .may();
    }
    if (expression instanceof Expression.Or or) {
      return Condition.or(
              or.parts().stream().map(part -> Condition.atMost(necessary(array, part))).toList())
          .may();
    }
    if (expression instanceof Compare compare
        && compare.operator() != Operator.NE
        && !compare.path().isColumn()
        && compare.path().name().startsWith(array.name() + ".")) {
      return compare(compare).may();
    }
    return Condition.ALL.may();
  }

  private Condition link(HasLink link) throws SQLException {
    LinkTest test = link.test();
    if (test instanceof LinkTest.Id id) {
      if (!StorageKey.isId(id.id())) {
        return Condition.NONE;
      }
      return Condition.exact(link.transitive() ? reaches(link, id.id()) : linksTo(link, id.id()));
    }
    Sql any = hasLink(link, new Sql());
    if (test instanceof LinkTest.InCollection in) {
      Sql there = hasLink(link, Sql.of(" and l." + far(link) + "_collection = ?", in.collection()));
      return link.transitive() ? Condition.between(there, any) : Condition.exact(there);
    }
    return Condition.exact(any);
  }

  private static String near(HasLink link) {
    return link.direction() == Direction.OUT ? "from" : "to";
  }

  private static String far(HasLink link) {
    return link.direction() == Direction.OUT ? "to" : "from";
  }

  /** A transitive relation never leads a document to itself. */
  private static Sql hasLink(HasLink link, Sql more) {
    String near = near(link);
    String far = far(link);
    return Sql.of(
            "exists (select 1 from link l where l.tenant = d.tenant and l."
                + near
                + "_id = d.id and l."
                + near
                + "_collection = d.collection and l.relation = ?",
            link.relation())
        .add(more)
        .add(
            link.transitive()
                ? " and (l." + far + "_id <> d.id or l." + far + "_collection <> d.collection)"
                : "")
        .add(")");
  }

  private Sql linksTo(HasLink link, String id) {
    return linked(link, Sql.of(" and l." + far(link) + "_id = ?", id));
  }

  private Sql linked(HasLink link, Sql which) {
    return Sql.of("d.id in (select l." + near(link) + "_id from link l where l.tenant = ?")
        .add(" and l.relation = ? and l." + near(link) + "_collection = ?")
        .with(scope.tenant(), link.relation(), scope.collection())
        .add(which)
        .add(")");
  }

  private Sql reaches(HasLink link, String id) throws SQLException {
    LinkSelector selector = new LinkSelector(link.relation(), link.direction(), true);
    Map<StorageKey, Set<StorageKey>> leading =
        new LinkReader(dialect)
            .leadingTo(connection, TenantId.stored(scope.tenant()), selector, id);
    List<Condition> parts = new ArrayList<>();
    String far = far(link);
    for (Map.Entry<StorageKey, Set<StorageKey>> end : leading.entrySet()) {
      Sql which =
          Sql.of(
              String.format(
                  " and (l.%1$s_collection, l.%1$s_id) in (select u.c, u.i from unnest(?, ?) u(c, i))",
                  far),
              Dialect.collections(end.getValue()),
              Dialect.ids(end.getValue()));
      Sql reaches = linked(link, which);
      if (end.getKey().collection().equals(scope.collection())) {
        reaches = Sql.of("(d.id <> ? and ", id).add(reaches).add(")");
      }
      parts.add(Condition.exact(reaches));
    }
    return Condition.or(parts).may();
  }
}
