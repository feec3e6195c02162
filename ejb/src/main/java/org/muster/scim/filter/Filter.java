package org.muster.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.muster.scim.schema.AttributePath;

/**
 * A filter (RFC 7644 section 3.4.2.2), checked against the schema. {@code toString} is its text,
 * which parses to an equal filter.
 */
public sealed interface Filter {

  /**
   * Compares the values of an attribute; holds if any value does. "ne" holds where there is none,
   * too.
   *
   * @param path a simple attribute or sub-attribute; within a value path the element's
   * @param value text, a number, true or false, of the attribute's type and never null
   */
  record Comparison(AttributePath path, FilterOperator operator, JsonNode value) implements Filter {
    @Override
    public String toString() {
      return FilterText.of(this);
    }
  }

  /** Holds if the attribute has a value that is not empty. */
  record Presence(AttributePath path) implements Filter {
    @Override
    public String toString() {
      return FilterText.of(this);
    }
  }

  /** Holds if all of two or more parts do. */
  record And(List<Filter> parts) implements Filter {
    public And {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return FilterText.of(this);
    }
  }

  /** Holds if any of two or more parts does. */
  record Or(List<Filter> parts) implements Filter {
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return FilterText.of(this);
    }
  }

  /** Holds if the part does not. */
  record Not(Filter part) implements Filter {
    @Override
    public String toString() {
      return FilterText.of(this);
    }
  }

  /** Holds if one and the same element of the attribute satisfies the filter in brackets. */
  record ValuePath(AttributePath path, Filter element) implements Filter {
    @Override
    public String toString() {
      return FilterText.of(this);
    }
  }
}
