package org.muster.storage.jpa;

import java.util.List;
import org.muster.sql.Sql;

/**
 * What the database can say of a filter: {@code may} holds for every document that satisfies it,
 * {@code must} for none that does not. Where the two are one, the database decides alone; what is
 * between them is judged document by document.
 */
record Condition(Sql may, Sql must, boolean exact) {
  static final Condition ALL = exact(Sql.of("true"));
  static final Condition NONE = exact(Sql.of("false"));

  /** The database knows nothing. */
  static final Condition UNKNOWN = new Condition(Sql.of("true"), Sql.of("false"), false);

  static Condition exact(Sql sql) {
    return new Condition(sql, sql, true);
  }

  static Condition between(Sql must, Sql may) {
    return new Condition(may, must, false);
  }

  /** The database can only rule documents out. */
  static Condition atMost(Sql may) {
    return new Condition(may, Sql.of("false"), false);
  }

  static Condition and(List<Condition> parts) {
    return join(parts, " and ", ALL);
  }

  static Condition or(List<Condition> parts) {
    return join(parts, " or ", NONE);
  }

  private static Condition join(List<Condition> parts, String word, Condition empty) {
    if (parts.isEmpty()) {
      return empty;
    }
    if (parts.size() == 1) {
      return parts.get(0);
    }
    boolean exact = parts.stream().allMatch(Condition::exact);
    Sql may = join(parts.stream().map(Condition::may).toList(), word);
    Sql must = exact ? may : join(parts.stream().map(Condition::must).toList(), word);
    return new Condition(may, must, exact);
  }

  private static Sql join(List<Sql> parts, String word) {
    Sql joined = new Sql().add("(");
    for (int i = 0; i < parts.size(); i++) {
      joined.add(i == 0 ? "" : word).add(parts.get(i));
    }
    return joined.add(")");
  }

  /** The complement, also where the database would say "unknown". */
  Condition not() {
    Sql notMust = not(must);
    return new Condition(notMust, exact ? notMust : not(may), exact);
  }

  static Sql not(Sql sql) {
    return new Sql().add("((").add(sql).add(") is not true)");
  }
}
