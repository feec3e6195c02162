package org.muster.projection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventStore;
import org.muster.event.EventType;
import org.muster.event.Projection;
import org.muster.event.document.DocumentState;
import org.muster.event.document.DocumentState.Presence;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/**
 * Counts the documents of each collection, active or not, and keeps when each was last changed:
 * what would take a scan of the documents is a few rows here.
 */
public final class ActivityProjection implements Projection {
  /** The name under which its progress is kept. */
  public static final String NAME = "activity";

  private static final String ACTIVE = "active";

  private static final EventFilter WANTED =
      new EventFilter(
          Optional.empty(),
          Set.of(),
          EnumSet.complementOf(
              EnumSet.of(
                  EventType.REINDEXED,
                  EventType.PURGED,
                  EventType.SCHEMA_REGISTERED,
                  EventType.SCHEMA_CHANGED,
                  EventType.ASYNC_RESPONDED)));

  private final ActivityStore store;
  private final StreamStates states;

  /**
   * The activity that a store tells of.
   *
   * @param events is asked for what happened before
   */
  public ActivityProjection(ActivityStore store, EventStore events) {
    this.store = store;
    this.states = new StreamStates(events);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EventFilter filter() {
    return WANTED;
  }

  @Override
  public void apply(List<Event> events) {
    Map<StorageKey, ActivityMark> marks = new TreeMap<>();
    for (Event event : events) {
      marks.merge(event.stream(), mark(event), ActivityMark::then);
    }
    states.forget();
    if (!marks.isEmpty()) {
      store.mark(marks);
    }
  }

  private ActivityMark mark(Event event) {
    Instant time = event.recorded().time();
    Optional<ObjectNode> content = event.recorded().content().map(JsonDocument::tree);
    return switch (event.type()) {
      case DELETED -> new ActivityMark.Gone();
      case RESTORED -> {
        DocumentState state = states.with(event);
        yield state.presence() == Presence.LIVE
            ? new ActivityMark.Known(
                active(state.document().map(JsonDocument::tree).map(tree -> tree.get(ACTIVE))),
                time)
            : new ActivityMark.Known(Optional.empty(), time);
      }
      case CREATED ->
          new ActivityMark.Known(active(content.map(of -> of.at("/document/" + ACTIVE))), time);
      default -> changed(content, time);
    };
  }

  /** An event of a live document whose content may tell of the change. */
  private static ActivityMark changed(Optional<ObjectNode> content, Instant time) {
    if (content.isPresent() && content.get().has("document")) {
      return new ActivityMark.Known(
          active(content.map(of -> of.get("document").get(ACTIVE))), time);
    }
    ActivityMark mark = new ActivityMark.Touched(time);
    if (content.isEmpty()) {
      return mark;
    }
    for (JsonNode change : content.get().path("changes")) {
      if (change.path("path").asText().equals("/" + ACTIVE)) {
        boolean removed = change.path("op").asText().equals("remove");
        mark =
            new ActivityMark.Known(
                removed ? Optional.empty() : active(Optional.ofNullable(change.get("value"))),
                time);
      }
    }
    return mark;
  }

  private static Optional<Boolean> active(Optional<JsonNode> value) {
    return value.filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
  }

  @Override
  public long clear(int most) {
    return store.clear(most);
  }
}
