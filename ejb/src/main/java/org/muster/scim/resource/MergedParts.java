package org.muster.scim.resource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.storage.DocumentOrder;
import org.muster.storage.Found;
import org.muster.storage.Query;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * The resources of several types in one order, read type by type a chunk ahead. Resources of a type
 * that does not know what they are sorted by stand where those without a value do.
 */
final class MergedParts {
  private final StorageProvider storage;
  private final RequestContext context;
  private final List<Source> sources = new ArrayList<>();
  private final DocumentOrder order;
  private final int chunk;
  private final boolean expanded;
  private Optional<Query.Position> last;

  /** A resource and what is asked of its type. */
  record Hit(RootParts.Part part, Stored resource) {}

  /** The resources of one type that are to come. */
  private static final class Source {
    final RootParts.Part part;
    final @Nullable DocumentOrder order;
    final Deque<Stored> read = new ArrayDeque<>();
    Optional<Query.Position> after;
    boolean finished;

    Source(RootParts.Part part, Optional<Query.Position> after, boolean finished) {
      this.part = part;
      this.order = part.order().map(DocumentOrder::new).orElse(null);
      this.after = after;
      this.finished = finished;
    }

    Query.Position place(Stored resource) {
      return order == null
          ? new Query.Position(Optional.empty(), resource.key().id())
          : order.of(resource);
    }
  }

  /**
   * The resources behind a place.
   *
   * @param chunk how many are read at once
   */
  MergedParts(
      StorageProvider storage,
      RequestContext context,
      RootParts parts,
      Optional<Query.Position> last,
      int chunk,
      boolean expanded) {
    this.storage = storage;
    this.context = context;
    this.chunk = chunk;
    this.expanded = expanded;
    this.last = last;
    this.order =
        new DocumentOrder(
            parts.parts().stream()
                .flatMap(part -> part.order().stream())
                .findFirst()
                .orElse(Query.Order.BY_ID));
    for (RootParts.Part part : parts.parts()) {
      sources.add(source(part, parts.descending()));
    }
  }

  /** A type without values lies wholly before (descending) or behind all that have one. */
  private Source source(RootParts.Part part, boolean descending) {
    boolean behindValue = last.flatMap(Query.Position::sortKey).isPresent();
    return part.order().isPresent() || !behindValue
        ? new Source(part, last, false)
        : new Source(part, Optional.empty(), descending);
  }

  /** The place of the last resource that was taken. */
  Optional<Query.Position> last() {
    return last;
  }

  boolean hasNext() {
    return first() != null;
  }

  Optional<Hit> next() {
    Source source = first();
    if (source == null) {
      return Optional.empty();
    }
    Stored resource = source.read.remove();
    last = Optional.of(source.place(resource));
    return Optional.of(new Hit(source.part, resource));
  }

  private @Nullable Source first() {
    @Nullable Source first = null;
    for (Source source : sources) {
      fill(source);
      if (!source.read.isEmpty() && (first == null || isBefore(source, first))) {
        first = source;
      }
    }
    return first;
  }

  private boolean isBefore(Source source, Source other) {
    return order.compare(source.place(source.read.element()), other.place(other.read.element()))
        < 0;
  }

  private void fill(Source source) {
    while (source.read.isEmpty() && !source.finished) {
      Query.Page page = new Query.Page.After(source.after, chunk);
      Found found = storage.query(source.part.query(context, page, expanded));
      source.read.addAll(found.items());
      source.after = found.next();
      source.finished = found.next().isEmpty();
    }
  }
}
