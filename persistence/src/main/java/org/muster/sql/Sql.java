package org.muster.sql;

import java.util.ArrayList;
import java.util.List;

/** A piece of SQL with the values of its parameters, in their order; grows, for one thread. */
public final class Sql {
  /** Text that is stored as it is; a plain string is text that is compared or ordered. */
  public record Verbatim(String text) {}

  private final StringBuilder text = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  public static Sql of(String text, Object... parameters) {
    return new Sql().add(text, parameters);
  }

  public Sql add(String more, Object... values) {
    text.append(more);
    parameters.addAll(List.of(values));
    return this;
  }

  public Sql add(Sql more) {
    text.append(more.text);
    parameters.addAll(more.parameters);
    return this;
  }

  /** Adds the values of parameters that are in the text already. */
  public Sql with(Object... values) {
    return add("", values);
  }

  /** A literal of text; for what must be the same in an index and in a query. */
  public static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  public String text() {
    return text.toString();
  }

  public List<Object> parameters() {
    return parameters;
  }

  @Override
  public String toString() {
    return text();
  }
}
