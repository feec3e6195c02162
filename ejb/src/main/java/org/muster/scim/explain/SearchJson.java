package org.muster.scim.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import org.muster.scim.ScimException;
import org.muster.scim.filter.Filter;
import org.muster.scim.filter.FilterParser;
import org.muster.scim.filter.FilterPlan;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Policy;
import org.muster.storage.Query;

/** How a search is answered: filter and sort, by index or by scan. */
final class SearchJson {
  private SearchJson() {}

  static void add(ObjectNode json, Question.Search search, Policy policy, Optional<Query> query) {
    search
        .request()
        .filter()
        .flatMap(text -> plan(search, text, policy))
        .ifPresent(plan -> filter(json.putObject("filter"), plan, policy));
    if (search.request().sortBy().isPresent() && query.isPresent()) {
      Query.Order order = query.get().order();
      json.putObject("sort")
          .put("by", name(order.path().name()))
          .put("order", order.descending() ? "descending" : "ascending")
          .put("byIndex", order.path().indexed());
    }
  }

  /** Empty if the engine refuses the filter, which the outcome tells. */
  private static Optional<FilterPlan> plan(Question.Search search, String text, Policy policy) {
    try {
      Filter filter =
          FilterParser.parse(search.type(), text, Leniency.of(policy.profile()), policy.limits());
      return Optional.of(FilterPlan.of(search.type(), filter));
    } catch (ScimException e) {
      return Optional.empty();
    }
  }

  private static void filter(ObjectNode json, FilterPlan plan, Policy policy) {
    json.put("text", plan.text()).put("answeredBy", word(plan.how()));
    json.put("scanLimit", policy.limits().scanLimit());
    ArrayNode leaves = json.putArray("parts");
    for (FilterPlan.Leaf leaf : plan.leaves()) {
      leaves.addObject().put("text", leaf.text()).put("answeredBy", word(leaf.how()));
    }
  }

  private static String word(FilterPlan.How how) {
    return how.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name of an attribute; columns have names of storage. */
  private static String name(String path) {
    return switch (path) {
      case "$id" -> "id";
      case "$created" -> "meta.created";
      case "$modified" -> "meta.lastModified";
      default -> path;
    };
  }
}
