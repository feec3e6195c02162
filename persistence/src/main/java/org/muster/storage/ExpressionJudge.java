package org.muster.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.Folding;
import org.muster.storage.Expression.And;
import org.muster.storage.Expression.Compare;
import org.muster.storage.Expression.Element;
import org.muster.storage.Expression.HasLink;
import org.muster.storage.Expression.Not;
import org.muster.storage.Expression.Operator;
import org.muster.storage.Expression.Or;
import org.muster.storage.Expression.Present;

/**
 * Says of one document at a time whether it satisfies an expression. It is the meaning of {@link
 * Expression}: a back end that answers from an index must agree with it. It reads the document and
 * never the keys that were put with it, and compares whole key forms, uncut. Thread-safe.
 *
 * <p>The edge cases:
 *
 * <ul>
 *   <li>A value that is not of the path's type has no key form. No comparison but {@code NE} holds
 *       for it, and {@code NE} ignores it; {@code Present} counts it.
 *   <li>{@code NE} holds if any value differs from the operand or if none has a key form. So both
 *       {@code EQ} and {@code NE} can hold for a multi-valued path; who wants "no value equals"
 *       says {@code Not(EQ)}.
 *   <li>{@code CONTAINS}, {@code STARTS_WITH} and {@code ENDS_WITH} hold for text only; the empty
 *       operand is in every text. The four orderings work on every type that has key forms.
 *   <li>An empty text is equal to the empty operand and yet not present.
 *   <li>A path without steps is the document, or in {@code Element} the element, itself.
 *   <li>Inside {@code Element} a path starts at the element, but the columns ({@link Path#ID} and
 *       its like) and {@code HasLink} still speak of the document.
 *   <li>{@code And} of nothing holds, {@code Or} of nothing does not.
 * </ul>
 */
public final class ExpressionJudge implements Predicate<Stored> {
  /** Knows the links of documents. */
  @FunctionalInterface
  public interface Links {
    /** Whether the document under the key has a link that {@code condition} asks for. */
    boolean has(StorageKey key, HasLink condition);
  }

  private final Expression expression;
  private final Links links;

  public ExpressionJudge(Expression expression, Links links) {
    this.expression = expression;
    this.links = links;
  }

  @Override
  public boolean test(Stored stored) {
    return holds(expression, stored, null);
  }

  /** {@code element} is null at the root of the document, which is then parsed only if needed. */
  private boolean holds(Expression part, Stored stored, @Nullable JsonNode element) {
    if (part instanceof Expression.All) {
      return true;
    }
    if (part instanceof And and) {
      return every(and.parts(), stored, element, true);
    }
    if (part instanceof Or or) {
      return !every(or.parts(), stored, element, false);
    }
    if (part instanceof Not not) {
      return !holds(not.part(), stored, element);
    }
    if (part instanceof HasLink hasLink) {
      return links.has(stored.key(), hasLink);
    }
    if (part instanceof Compare compare && compare.path().isColumn()) {
      return holds(compare, column(stored, compare.path()));
    }
    if (part instanceof Present present && present.path().isColumn()) {
      return true;
    }
    JsonNode root = element == null ? stored.document().tree() : element;
    if (part instanceof Compare compare) {
      return holds(compare, root);
    }
    if (part instanceof Present present) {
      return Values.any(root, present.path().steps(), ExpressionJudge::isFull);
    }
    Element within = (Element) part;
    return Values.any(root, within.array().steps(), each -> holds(within.element(), stored, each));
  }

  /** Whether each of the parts holds, or each does not; a plain loop, since conditions are deep. */
  private boolean every(
      List<Expression> parts, Stored stored, @Nullable JsonNode element, boolean expected) {
    for (Expression part : parts) {
      if (holds(part, stored, element) != expected) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(Compare compare, JsonNode root) {
    if (compare.operator() == Operator.NE) {
      List<String> keys = Values.keys(root, compare.path());
      return keys.isEmpty() || keys.stream().anyMatch(key -> holds(compare, key));
    }
    return Values.any(
        root,
        compare.path().steps(),
        value -> Keys.of(value, compare.path()).filter(key -> holds(compare, key)).isPresent());
  }

  private static boolean holds(Compare compare, String key) {
    String operand = compare.operand();
    boolean text = compare.path().type() == Path.Type.TEXT;
    return switch (compare.operator()) {
      case EQ -> key.equals(operand);
      case NE -> !key.equals(operand);
      case CONTAINS -> text && key.contains(operand);
      case STARTS_WITH -> text && key.startsWith(operand);
      case ENDS_WITH -> text && key.endsWith(operand);
      case GREATER -> Folding.CODE_POINTS.compare(key, operand) > 0;
      case GREATER_OR_EQUAL -> Folding.CODE_POINTS.compare(key, operand) >= 0;
      case LESS -> Folding.CODE_POINTS.compare(key, operand) < 0;
      case LESS_OR_EQUAL -> Folding.CODE_POINTS.compare(key, operand) <= 0;
    };
  }

  private static boolean isFull(JsonNode value) {
    return value.isTextual() ? !value.textValue().isEmpty() : !value.isObject() || !value.isEmpty();
  }

  /** The key form of a column of a document. */
  static String column(Stored stored, Path path) {
    if (path.name().equals(Path.ID.name())) {
      return stored.key().id();
    }
    return Keys.dateTime(
        path.name().equals(Path.CREATED.name()) ? stored.created() : stored.modified());
  }
}
