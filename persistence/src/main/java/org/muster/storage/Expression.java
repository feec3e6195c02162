package org.muster.storage;

import java.util.List;
import org.muster.kernel.Folding;
import org.muster.storage.LinkSelector.Direction;

/**
 * A condition on documents. A comparison holds if any value at its path satisfies it; it does not
 * hold where there is none ({@code NE} does). {@code Not} is the plain complement. What it means to
 * the last detail is {@link ExpressionJudge}.
 */
public sealed interface Expression {

  /** Holds for every document. */
  record All() implements Expression {}

  /** Holds if every part does. */
  record And(List<Expression> parts) implements Expression {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** Holds if any part does. */
  record Or(List<Expression> parts) implements Expression {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** Holds if the part does not. */
  record Not(Expression part) implements Expression {}

  /**
   * Compares the values at a path with one value.
   *
   * @param operand the key form of the value ({@link Keys}): folded text, "true" or "false", an
   *     ordered number or an ordered time; not cut; without U+0000 and lone surrogates
   */
  record Compare(Path path, Operator operator, String operand) implements Expression {
    public Compare {
      if (!Folding.isStorable(operand)) {
        throw new IllegalArgumentException("U+0000 or a lone surrogate in an operand");
      }
    }
  }

  /** Holds if there is a value at the path: not null, not an empty text, array or object. */
  record Present(Path path) implements Expression {}

  /**
   * Holds if one and the same element of the array (or object) at {@code array} satisfies {@code
   * element}, whose paths start at the element.
   */
  record Element(Path array, Expression element) implements Expression {}

  /** Holds if the document has a link that passes the test. */
  record HasLink(String relation, Direction direction, boolean transitive, LinkTest test)
      implements Expression {}

  /** Which links count. */
  sealed interface LinkTest {
    /** Any link. */
    record Any() implements LinkTest {}

    /** A link whose other end has this id, in whatever collection. */
    record Id(String id) implements LinkTest {
      public Id {
        if (!Folding.isStorable(id)) {
          throw new IllegalArgumentException("U+0000 or a lone surrogate in an id");
        }
      }
    }

    /** A link whose other end is in this collection. */
    record InCollection(String collection) implements LinkTest {}
  }

  /**
   * How two values are compared. NE holds if any value differs, or if there is none; the three text
   * operators hold for {@link Path.Type#TEXT} only.
   */
  enum Operator {
    EQ,
    NE,
    CONTAINS,
    STARTS_WITH,
    ENDS_WITH,
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL
  }
}
