package org.muster.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.muster.storage.Expression.Compare;
import org.muster.storage.Expression.Operator;

/** The sample documents of the contract tests: their paths, and how they are put. */
public final class People {
  public static final Path NAME = text("userName", false, false, true);
  public static final Path CODE = text("externalId", true, false, true);
  public static final Path EMAIL = text("emails.value", false, true, true);
  public static final Path ACTIVE = single("active", Path.Type.BOOLEAN, true);
  public static final Path AGE = single("age", Path.Type.NUMBER, true);
  public static final Path SEEN = single("seen", Path.Type.DATE_TIME, true);
  public static final Path NOTE = text("note", false, false, false);
  public static final Path TAGS = text("tags", false, true, false);
  public static final Path CITY = text("address.city", false, false, false);
  public static final Path EMAILS =
      new Path("emails", List.of("emails"), Path.Type.OTHER, false, true, false);

  /** Within an element of {@link #EMAILS}. */
  public static final Path TYPE = text("type", false, false, false);

  public static final Path VALUE = text("value", false, false, false);
  public static final Path PRIMARY = single("primary", Path.Type.BOOLEAN, false);

  /** The paths whose keys are put with each document. */
  public static final List<Path> INDEXED = List.of(NAME, CODE, EMAIL, ACTIVE, AGE, SEEN);

  private People() {}

  /** Puts a document of JSON in which ' stands for ". */
  public static Change.Put put(StorageKey key, String json) {
    return put(key, document(json));
  }

  /** Puts a document with its keys; its userName is its label. */
  public static Change.Put put(StorageKey key, JsonDocument document) {
    return new Change.Put(
        key, document, Keys.of(document, INDEXED), document.tree().path("userName").asText(""));
  }

  /** The document of JSON in which ' stands for ". */
  public static JsonDocument document(String json) {
    try {
      return JsonDocument.of((ObjectNode) JsonDocument.MAPPER.readTree(json.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** The document with one text, which may hold any character. */
  public static JsonDocument with(String name, String text) {
    return JsonDocument.of(JsonDocument.MAPPER.createObjectNode().put(name, text));
  }

  /** A comparison with an operand that is in its key form already. */
  public static Compare compare(Path path, Operator operator, String key) {
    return new Compare(path, operator, key);
  }

  /** The same path, judged from the document and not from keys. */
  public static Path unindexed(Path path) {
    return path.isColumn()
        ? path
        : new Path(
            path.name(), path.steps(), path.type(), path.caseExact(), path.multiValued(), false);
  }

  /** The same condition, judged from the document and not from keys. */
  public static Expression unindexed(Expression expression) {
    if (expression instanceof Expression.And and) {
      return new Expression.And(and.parts().stream().map(People::unindexed).toList());
    }
    if (expression instanceof Expression.Or or) {
      return new Expression.Or(or.parts().stream().map(People::unindexed).toList());
    }
    if (expression instanceof Expression.Not not) {
      return new Expression.Not(unindexed(not.part()));
    }
    if (expression instanceof Compare compare) {
      return new Compare(unindexed(compare.path()), compare.operator(), compare.operand());
    }
    if (expression instanceof Expression.Present present) {
      return new Expression.Present(unindexed(present.path()));
    }
    return expression;
  }

  private static Path text(String name, boolean exact, boolean multiValued, boolean indexed) {
    List<String> steps = List.of(name.split("\\."));
    return new Path(name, steps, Path.Type.TEXT, exact, multiValued, indexed);
  }

  private static Path single(String name, Path.Type type, boolean indexed) {
    return new Path(name, List.of(name), type, true, false, indexed);
  }
}
