package org.muster.projection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventStore;
import org.muster.event.Projection;
import org.muster.event.document.DocumentState;
import org.muster.event.document.DocumentState.Presence;
import org.muster.kernel.TenantId;
import org.muster.state.CanonicalJson;
import org.muster.state.Digest;
import org.muster.state.EntryChange;
import org.muster.state.EntryName;
import org.muster.state.Roots;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/**
 * Keeps the state roots of all collections by the events alone, so that a back end can be held
 * against them. What an event does not tell (which links ended with a deleted document, what a
 * restored one is) is read from the events before it.
 */
public final class RootsProjection implements Projection {
  /** The name under which its progress is kept. */
  public static final String NAME = "roots";

  private final Roots roots;
  private final StreamStates states;

  private record Tree(TenantId tenant, String collection) implements Comparable<Tree> {
    @Override
    public int compareTo(Tree other) {
      int compared = tenant.compareTo(other.tenant);
      return compared != 0 ? compared : collection.compareTo(other.collection);
    }
  }

  /**
   * The roots of what a store tells of.
   *
   * @param events is asked for what happened before
   */
  public RootsProjection(Roots roots, EventStore events) {
    this.roots = roots;
    this.states = new StreamStates(events);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EventFilter filter() {
    return EventFilter.DOCUMENTS;
  }

  @Override
  public void apply(List<Event> events) {
    SortedMap<Tree, List<EntryChange>> changes = new TreeMap<>();
    for (Event event : events) {
      StorageKey key = event.stream();
      List<EntryChange> ofTree =
          changes.computeIfAbsent(
              new Tree(key.tenant(), key.collection()), tree -> new ArrayList<>());
      add(event, ofTree);
    }
    states.forget();
    changes.forEach((tree, list) -> roots.apply(tree.tenant(), tree.collection(), list));
  }

  private void add(Event event, List<EntryChange> changes) {
    EntryName.Document name = EntryName.Document.of(event.stream());
    Optional<JsonDocument> content = event.recorded().content();
    switch (event.type()) {
      case CREATED, REPLACED, PATCHED ->
          changes.add(new EntryChange(name, content.flatMap(known -> digest(event, known))));
      case RESTORED -> changes.add(new EntryChange(name, digest(states.with(event))));
      case DELETED -> {
        changes.add(EntryChange.remove(name));
        states
            .before(event)
            .links()
            .forEach(
                (relation, targets) ->
                    targets.forEach(
                        target ->
                            changes.add(
                                EntryChange.remove(
                                    EntryName.Link.of(event.stream(), relation, target)))));
      }
      case MEMBERSHIP_ADDED -> content.ifPresent(links -> link(event, links, true, changes));
      case MEMBERSHIP_REMOVED -> content.ifPresent(links -> link(event, links, false, changes));
      default -> {
        // what was purged had been deleted
      }
    }
  }

  /** Of the document after an event, whose content can be read; empty if that can't be known. */
  private Optional<Digest> digest(Event event, JsonDocument content) {
    Optional<Digest> told = ToldDigest.of(content);
    return told.isPresent() ? told : digest(states.with(event));
  }

  private static Optional<Digest> digest(DocumentState state) {
    return state.presence() == Presence.LIVE
        ? state.document().map(CanonicalJson::digest)
        : Optional.empty();
  }

  private static void link(
      Event event, JsonDocument content, boolean added, List<EntryChange> changes) {
    ObjectNode links = content.tree();
    String relation = links.path("relation").asText();
    for (Map.Entry<String, JsonNode> ends : links.path("targets").properties()) {
      for (JsonNode id : ends.getValue()) {
        StorageKey end = new StorageKey(event.stream().tenant(), ends.getKey(), id.asText());
        EntryName.Link name = EntryName.Link.of(event.stream(), relation, end);
        changes.add(added ? EntryChange.put(name) : EntryChange.remove(name));
      }
    }
  }

  @Override
  public long clear(int most) {
    return roots.clear(most);
  }
}
