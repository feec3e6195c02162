package org.muster.scim.filter;

import java.util.List;
import org.muster.scim.filter.Filter.And;
import org.muster.scim.filter.Filter.Comparison;
import org.muster.scim.filter.Filter.Not;
import org.muster.scim.filter.Filter.Or;
import org.muster.scim.filter.Filter.Presence;
import org.muster.scim.filter.Filter.ValuePath;
import org.muster.scim.schema.AttributePath;

/** Writes filters in the grammar of RFC 7644 section 3.4.2.2. */
final class FilterText {
  private final boolean within;
  private final boolean grouped;

  private FilterText(boolean within, boolean grouped) {
    this.within = within;
    this.grouped = grouped;
  }

  /** The text of a whole filter. */
  static String of(Filter filter) {
    return new FilterText(false, false).write(filter);
  }

  /** The text of a whole filter, in which parentheses show what binds first. */
  static String grouped(Filter filter) {
    return new FilterText(false, true).write(filter);
  }

  /** The text of the filter in the brackets of a value path. */
  static String ofElement(Filter filter) {
    return new FilterText(true, false).write(filter);
  }

  private String write(Filter filter) {
    if (filter instanceof Comparison comparison) {
      return name(comparison.path())
          + " "
          + comparison.operator().word()
          + " "
          + comparison.value();
    }
    if (filter instanceof Presence presence) {
      return name(presence.path()) + " pr";
    }
    if (filter instanceof Not not) {
      return "not (" + write(not.part()) + ")";
    }
    if (filter instanceof And and) {
      return join(and.parts(), " and ", true);
    }
    if (filter instanceof Or or) {
      return join(or.parts(), " or ", grouped);
    }
    ValuePath valuePath = (ValuePath) filter;
    return valuePath.path() + "[" + new FilterText(true, grouped).write(valuePath.element()) + "]";
  }

  private String join(List<Filter> parts, String word, boolean groupAnd) {
    StringBuilder text = new StringBuilder();
    for (Filter part : parts) {
      boolean group = part instanceof Or || (groupAnd && part instanceof And);
      text.append(text.length() == 0 ? "" : word);
      text.append(group ? "(" + write(part) + ")" : write(part));
    }
    return text.toString();
  }

  private String name(AttributePath path) {
    if (!within) {
      return path.toString();
    }
    return path.sub().map(sub -> sub.name()).orElse("value");
  }
}
