package org.muster.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.muster.scim.ScimException;
import org.muster.scim.filter.Filter.And;
import org.muster.scim.filter.Filter.Not;
import org.muster.scim.filter.Filter.Or;
import org.muster.scim.filter.Filter.Presence;
import org.muster.scim.filter.Filter.ValuePath;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Switch;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.ResourceType;

/**
 * Parses and checks filters (RFC 7644 section 3.4.2.2). As long, deep and wide as the limits allow;
 * whatever is wrong is 400 invalidFilter.
 */
public final class FilterParser {
  private final FilterReader reader;
  private final Function<String, Optional<AttributePath>> names;
  private final boolean within;
  private final Leniency leniency;
  private final Limits limits;
  private int terms;

  private FilterParser(
      FilterReader reader,
      Function<String, Optional<AttributePath>> names,
      boolean within,
      Leniency leniency,
      Limits limits) {
    this.reader = reader;
    this.names = names;
    this.within = within;
    this.leniency = leniency;
    this.limits = limits;
  }

  /**
   * The filter that {@code text} is, over resources of a type, within the usual limits.
   *
   * @throws ScimException 400 invalidFilter
   */
  public static Filter parse(ResourceType type, String text) {
    return parse(type, text, Leniency.NONE);
  }

  /**
   * The filter that {@code text}, which may deviate from the RFC, is over resources of a type.
   *
   * @throws ScimException 400 invalidFilter
   */
  public static Filter parse(ResourceType type, String text, Leniency leniency) {
    return parse(type, text, leniency, Limits.USUAL);
  }

  /**
   * The filter that {@code text}, which may deviate from the RFC, is over resources of a type.
   *
   * @throws ScimException 400 invalidFilter
   */
  public static Filter parse(ResourceType type, String text, Leniency leniency, Limits limits) {
    return parse(name -> LenientNames.resolve(type, name, leniency), text, leniency, limits);
  }

  /**
   * The filter that {@code text} is, over resources with these attributes.
   *
   * @param names the attribute of a name
   * @throws ScimException 400 invalidFilter
   */
  public static Filter parse(
      Function<String, Optional<AttributePath>> names,
      String text,
      Leniency leniency,
      Limits limits) {
    FilterReader reader =
        new FilterReader(text, ScimException.Type.INVALID_FILTER, limits.filterLength());
    return new FilterParser(reader, names, false, leniency, limits).whole();
  }

  /**
   * The filter that {@code text} is, over the elements of an attribute; what stands between the
   * brackets of a value path.
   *
   * @throws ScimException 400 invalidFilter
   */
  public static Filter parseElement(AttributePath attribute, String text, Limits limits) {
    FilterReader reader =
        new FilterReader(text, ScimException.Type.INVALID_FILTER, limits.filterLength());
    return new FilterParser(reader, name -> element(attribute, name), true, Leniency.NONE, limits)
        .whole();
  }

  /** The filter in the brackets of a path, at the reader's place behind the opening one. */
  static Filter bracket(
      FilterReader reader, AttributePath attribute, Leniency leniency, Limits limits) {
    FilterParser parser =
        new FilterParser(reader, name -> element(attribute, name), true, leniency, limits);
    reader.failAs(ScimException.Type.INVALID_FILTER);
    Filter filter = parser.closed(1, ']');
    reader.failAs(ScimException.Type.INVALID_PATH);
    return filter;
  }

  private Filter whole() {
    reader.skipSpace();
    Filter filter = or(0);
    reader.skipSpace();
    if (!reader.atEnd()) {
      throw failure(reader.position(), "'and', 'or' or the end is expected");
    }
    return filter;
  }

  private Filter or(int depth) {
    Filter first = and(depth);
    if (!takeWord("or")) {
      return first;
    }
    List<Filter> parts = new ArrayList<>();
    parts.add(first);
    do {
      parts.add(and(depth));
    } while (takeWord("or"));
    return new Or(parts);
  }

  private Filter and(int depth) {
    Filter first = term(depth);
    if (!takeWord("and")) {
      return first;
    }
    List<Filter> parts = new ArrayList<>();
    parts.add(first);
    do {
      parts.add(term(depth));
    } while (takeWord("and"));
    return new And(parts);
  }

  private Filter term(int depth) {
    if (reader.take('(')) {
      return closed(depth + 1, ')');
    }
    int start = reader.position();
    String word = reader.word();
    if (word.equalsIgnoreCase("not")) {
      reader.skipSpace();
      if (reader.take('(')) {
        return new Not(closed(depth + 1, ')'));
      }
      throw failure(reader.position(), "'not' is followed by '('");
    }
    return attribute(depth, start, word);
  }

  /** A filter up to a closing parenthesis or bracket. */
  private Filter closed(int depth, char end) {
    if (depth > limits.filterDepth()) {
      throw failure(
          reader.position(), "it is nested more than " + limits.filterDepth() + " levels deep");
    }
    reader.skipSpace();
    Filter filter = or(depth);
    reader.skipSpace();
    if (!reader.take(end)) {
      throw failure(reader.position(), "'and', 'or' or '" + end + "' is expected");
    }
    return filter;
  }

  private Filter attribute(int depth, int start, String name) {
    if (++terms > limits.filterClauses()) {
      throw failure(start, "it has more than " + limits.filterClauses() + " comparisons");
    }
    AttributePath path = resolve(start, name);
    if (reader.take('[')) {
      return valuePath(depth, start, path);
    }
    return operation(start, path);
  }

  /** What follows the name of an attribute: pr, or an operator and a value. */
  private Filter operation(int start, AttributePath path) {
    String known = "an operator is expected: eq ne co sw ew gt ge lt le pr";
    if (!reader.skipSpace()) {
      throw failure(reader.position(), known);
    }
    int at = reader.position();
    String word = reader.word();
    if (word.equalsIgnoreCase("pr")) {
      return new Presence(path);
    }
    FilterOperator operator = FilterOperator.of(word).orElseThrow(() -> failure(at, known));
    if (!reader.skipSpace()) {
      throw failure(reader.position(), "a space and a value are expected");
    }
    int literalAt = reader.position();
    JsonNode value = reader.literal();
    return new FilterCheck(reader, start, literalAt, leniency).comparison(path, operator, value);
  }

  private AttributePath resolve(int start, String name) {
    if (name.isEmpty()) {
      throw failure(start, "the name of an attribute is expected");
    }
    AttributePath path =
        names
            .apply(name)
            .orElseThrow(
                () ->
                    failure(
                        start,
                        "there is no "
                            + (within ? "sub-attribute" : "attribute")
                            + " of that name; one of an extension needs its URN in front"));
    if (FilterCheck.isHidden(path)) {
      throw failure(start, path + " can't be filtered by");
    }
    return path;
  }

  private Filter valuePath(int depth, int start, AttributePath path) {
    if (within) {
      throw failure(start, "a value path has no other one within");
    }
    if (!canHaveBrackets(path)) {
      throw failure(start, path + " has no elements that a filter in brackets could select");
    }
    FilterParser element =
        new FilterParser(reader, name -> element(path, name), true, leniency, limits);
    element.terms = terms;
    Filter filter = element.closed(depth + 1, ']');
    terms = element.terms;
    if (!reader.isNext('.')) {
      return new ValuePath(path, filter);
    }
    if (!leniency.coerces(Switch.SUB_ATTRIBUTE_BEHIND_FILTER, path, "it was taken into brackets")) {
      throw failure(
          reader.position(),
          "a sub-attribute behind ']' is for PATCH paths; in a filter write " + path + "[… and …]");
    }
    return new ValuePath(path, and(filter, element.behind()));
  }

  /** The comparison of a sub-attribute that stands behind its attribute's brackets. */
  private Filter behind() {
    reader.take('.');
    int start = reader.position();
    return operation(start, resolve(start, reader.word()));
  }

  private static Filter and(Filter filter, Filter last) {
    List<Filter> parts = new ArrayList<>(filter instanceof And and ? and.parts() : List.of(filter));
    parts.add(last);
    return new And(parts);
  }

  /** Whether the text goes on with white space, the word, and white space; if so, goes behind. */
  private boolean takeWord(String word) {
    int start = reader.position();
    if (reader.skipSpace() && reader.word().equalsIgnoreCase(word) && reader.skipSpace()) {
      return true;
    }
    reader.back(start);
    return false;
  }

  private ScimException failure(int position, String problem) {
    return reader.failure(position, problem);
  }

  static boolean canHaveBrackets(AttributePath path) {
    Attribute attribute = path.attribute();
    return path.sub().isEmpty()
        && (attribute.multiValued() || attribute.type() == Attribute.Type.COMPLEX);
  }

  /** The element of a simple multi-valued attribute is called value (RFC 7643 section 2.4). */
  private static Optional<AttributePath> element(AttributePath attribute, String name) {
    if (attribute.attribute().type() != Attribute.Type.COMPLEX) {
      return name.equalsIgnoreCase("value") ? Optional.of(attribute) : Optional.empty();
    }
    return attribute
        .attribute()
        .sub(name)
        .map(
            sub ->
                new AttributePath(attribute.extension(), attribute.attribute(), Optional.of(sub)));
  }
}
