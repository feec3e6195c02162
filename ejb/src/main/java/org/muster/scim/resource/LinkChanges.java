package org.muster.scim.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.muster.scim.ScimException;
import org.muster.scim.edit.Edit.LinkEdit;
import org.muster.scim.edit.Edit.LinkValue;
import org.muster.scim.schema.AttributePath;
import org.muster.storage.Change;
import org.muster.storage.LinkQuery;
import org.muster.storage.Linked;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;

/**
 * Turns the link edits of a resource into changes of storage. Members are read only where a filter
 * says which of them are to go, and then page by page.
 */
final class LinkChanges {
  /** A first filter may go through any number; more of them only if there were fewer than this. */
  private static final int VISITED_MOST = 100_000;

  private final StorageProvider storage;
  private final StorageKey key;
  private final LinkTargets targets;
  private final LinkFilters filters;
  private final List<Change> changes = new ArrayList<>();
  // What earlier edits of the same request have made of an attribute: later filters see it.
  private final Map<AttributePath, Pending> pending = new LinkedHashMap<>();
  private long visited;

  /** Makes the test that a filter is. */
  @FunctionalInterface
  interface LinkFilters {
    Predicate<Linked> of(AttributePath attribute, String filter);
  }

  LinkChanges(StorageProvider storage, StorageKey key, LinkTargets targets, LinkFilters filters) {
    this.storage = storage;
    this.key = key;
    this.targets = targets;
    this.filters = filters;
  }

  List<Change> of(List<LinkEdit> edits) {
    edits.forEach(this::add);
    return changes;
  }

  private void add(LinkEdit edit) {
    AttributePath attribute = edit.attribute();
    if (edit instanceof LinkEdit.Replace replace) {
      replace(attribute, targets.keys(attribute, replace.values()));
    } else if (edit instanceof LinkEdit.Add added) {
      List<StorageKey> keys = targets.keys(attribute, added.values());
      if (attribute.attribute().multiValued()) {
        changes.add(new Change.AddLinks(key, relation(attribute), keys));
        pending(attribute).add(keys);
      } else {
        replace(attribute, keys);
      }
    } else if (edit instanceof LinkEdit.Remove removed) {
      remove(attribute, candidates(attribute, removed.values()));
    } else {
      LinkEdit.RemoveWhere where = (LinkEdit.RemoveWhere) edit;
      remove(attribute, matching(attribute, filters.of(attribute, where.filter())));
    }
  }

  private void replace(AttributePath attribute, List<StorageKey> keys) {
    changes.add(new Change.ReplaceLinks(key, relation(attribute), keys));
    pending(attribute).replace(keys);
  }

  private void remove(AttributePath attribute, List<StorageKey> keys) {
    if (!keys.isEmpty()) {
      changes.add(new Change.RemoveLinks(key, relation(attribute), keys));
      pending(attribute).remove(keys);
    }
  }

  private List<StorageKey> candidates(AttributePath attribute, List<LinkValue> values) {
    return values.stream().flatMap(v -> targets.candidates(attribute, v).stream()).toList();
  }

  private List<StorageKey> matching(AttributePath attribute, Predicate<Linked> filter) {
    if (visited >= VISITED_MOST) {
      throw ScimException.badRequest(
          ScimException.Type.TOO_MANY,
          "The filters go through more than "
              + VISITED_MOST
              + " values of "
              + attribute
              + "; send them in several requests, or join them with \"or\"");
    }
    List<StorageKey> found = new ArrayList<>();
    Pending before = pending(attribute);
    visited += before.added.size();
    if (!before.replaced) {
      stored(attribute, filter, found);
    }
    for (StorageKey added : before.added) {
      storage
          .get(added, List.of())
          .map(target -> link(attribute, added, target.label()))
          .filter(filter)
          .ifPresent(link -> found.add(added));
    }
    return found;
  }

  private void stored(AttributePath attribute, Predicate<Linked> filter, List<StorageKey> found) {
    LinkPages pages = new LinkPages(storage);
    List<Linked> page = pages.first(key, attribute);
    while (true) {
      visited += page.size();
      page.stream().filter(filter).map(Linked::other).forEach(found::add);
      if (page.size() < LinkPages.PAGE) {
        return;
      }
      LinkQuery.Position last = new LinkQuery.Position(key, page.get(page.size() - 1).other());
      page = pages.page(List.of(key), attribute, Optional.of(last), LinkPages.PAGE);
    }
  }

  /**
   * What a single-valued attribute is after the edits, as a read would show it.
   *
   * @param before what it was
   */
  Optional<Linked> single(AttributePath attribute, List<LinkEdit> edits, Optional<Linked> before) {
    Optional<Linked> now = before;
    for (LinkEdit edit : edits) {
      if (edit.attribute().equals(attribute)) {
        now = single(edit, now);
      }
    }
    return now;
  }

  private Optional<Linked> single(LinkEdit edit, Optional<Linked> now) {
    AttributePath attribute = edit.attribute();
    if (edit instanceof LinkEdit.Replace replace) {
      return last(attribute, replace.values());
    }
    if (edit instanceof LinkEdit.Add add) {
      return last(attribute, add.values());
    }
    if (edit instanceof LinkEdit.Remove remove) {
      Set<StorageKey> gone = Set.copyOf(candidates(attribute, remove.values()));
      return now.filter(link -> !gone.contains(link.other()));
    }
    LinkEdit.RemoveWhere where = (LinkEdit.RemoveWhere) edit;
    return now.filter(filters.of(attribute, where.filter()).negate());
  }

  private Optional<Linked> last(AttributePath attribute, List<LinkValue> values) {
    List<StorageKey> keys = targets.keys(attribute, values);
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(
            link(attribute, keys.get(keys.size() - 1), targets.label(keys.get(keys.size() - 1))));
  }

  private Linked link(AttributePath attribute, StorageKey other, String label) {
    return new Linked(
        key, relation(attribute), TypeLinks.link(attribute).direction(), other, label, true);
  }

  private Pending pending(AttributePath attribute) {
    return pending.computeIfAbsent(attribute, a -> new Pending());
  }

  private static String relation(AttributePath attribute) {
    return TypeLinks.link(attribute).relation();
  }

  /** What a request has done to an attribute so far. */
  private static final class Pending {
    private boolean replaced;
    private final Set<StorageKey> added = new LinkedHashSet<>();

    void add(List<StorageKey> keys) {
      added.addAll(keys);
    }

    void replace(List<StorageKey> keys) {
      replaced = true;
      added.clear();
      added.addAll(keys);
    }

    void remove(List<StorageKey> keys) {
      keys.forEach(added::remove);
    }
  }
}
