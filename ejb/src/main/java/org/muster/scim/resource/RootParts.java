package org.muster.scim.resource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.scim.ScimException;
import org.muster.scim.filter.Filter;
import org.muster.scim.filter.FilterParser;
import org.muster.scim.filter.FilterTranslator;
import org.muster.scim.filter.LenientNames;
import org.muster.scim.filter.SortTranslator;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Limits;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.CommonAttributes;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.Expression;
import org.muster.storage.Query;

/**
 * What a search of all resource types (RFC 7644 section 3.4.2.1) asks of each of them. An attribute
 * that a type does not know has no value there; one that no type knows is an error.
 *
 * @param merged whether the resources of the types are ordered among each other; else those of one
 *     type come after those of the other
 */
record RootParts(List<Part> parts, boolean merged, boolean descending) {
  private static final Expression NOTHING = new Expression.Not(new Expression.All());

  /**
   * What is asked of one type.
   *
   * @param order empty if its resources have no value to be sorted by
   */
  record Part(View view, Expression filter, Optional<Query.Order> order) {
    ResourceType type() {
      return view.type();
    }

    Query query(RequestContext context, Query.Page page, boolean expanded) {
      return new Query(
          context.tenant(),
          type().name(),
          filter,
          order.orElse(Query.Order.BY_ID),
          page,
          expanded ? view.selectors() : List.of(),
          context.policy().limits().scanLimit());
    }
  }

  static RootParts of(
      List<ResourceType> types, ListRequest request, Leniency leniency, Limits limits) {
    List<ResourceType> ordered = new ArrayList<>(types);
    boolean byType = request.sortBy().filter(name -> isType(types, name)).isPresent();
    if (byType) {
      Comparator<ResourceType> byName = Comparator.comparing(ResourceType::name);
      ordered.sort(request.descending() ? byName.reversed() : byName);
    }
    boolean merged = request.sortBy().isPresent() && !byType;
    List<Optional<Expression>> filters =
        each(ordered, type -> filter(ordered, type, request, leniency, limits));
    List<Optional<Query.Order>> orders =
        merged
            ? each(ordered, type -> order(type, request))
            : ordered.stream().map(type -> Optional.<Query.Order>empty()).toList();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      Expression filter = filters.get(i).orElse(NOTHING);
      if (!filter.equals(NOTHING)) {
        View view = View.of(ordered.get(i), request.selection());
        parts.add(new Part(view, filter, orders.get(i)));
      }
    }
    return new RootParts(List.copyOf(parts), merged, request.descending());
  }

  private static boolean isType(List<ResourceType> types, String name) {
    return types.stream()
        .map(type -> AttributePaths.resolve(type, name))
        .flatMap(Optional::stream)
        .anyMatch(
            path ->
                path.attribute().equals(CommonAttributes.META)
                    && path.sub().isPresent()
                    && path.leaf().name().equals("resourceType"));
  }

  /** Reads something for a type. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(ResourceType type);
  }

  /** What is read for each type; a failure only if it fails for all of them. */
  private static <T> List<Optional<T>> each(List<ResourceType> types, Reader<T> reader) {
    List<Optional<T>> read = new ArrayList<>();
    @Nullable ScimException failure = null;
    for (ResourceType type : types) {
      try {
        read.add(Optional.of(reader.read(type)));
      } catch (ScimException e) {
        failure = failure == null ? e : failure;
        read.add(Optional.empty());
      }
    }
    if (failure != null && read.stream().allMatch(Optional::isEmpty)) {
      throw failure;
    }
    return read;
  }

  private static Expression filter(
      List<ResourceType> types,
      ResourceType type,
      ListRequest request,
      Leniency leniency,
      Limits limits) {
    if (request.filter().isEmpty()) {
      return new Expression.All();
    }
    Filter filter =
        FilterParser.parse(
            name -> path(types, type, name, leniency), request.filter().get(), leniency, limits);
    return FilterTranslator.translateForeign(type, filter);
  }

  private static Optional<AttributePath> path(
      List<ResourceType> types, ResourceType type, String name, Leniency leniency) {
    return LenientNames.resolve(type, name, leniency)
        .or(
            () ->
                types.stream()
                    .map(other -> LenientNames.resolve(other, name, leniency))
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  private static Query.Order order(ResourceType type, ListRequest request) {
    return SortTranslator.order(type, request.sortBy().orElseThrow(), request.descending());
  }
}
