package org.muster.projection;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventStore;
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
    return EventFilter.DOCUMENTS;
  }

  @Override
  public void apply(List<Event> events) {
    Map<StorageKey, ActivityMark> marks = new TreeMap<>();
    for (Event event : events) {
      mark(event).ifPresent(mark -> marks.merge(event.stream(), mark, ActivityMark::then));
    }
    states.forget();
    if (!marks.isEmpty()) {
      store.mark(marks);
    }
  }

  /** Empty where a document is neither changed nor brought or taken away. */
  private Optional<ActivityMark> mark(Event event) {
    Instant time = event.recorded().time();
    Optional<JsonDocument> content = event.recorded().content();
    return switch (event.type()) {
      case DELETED -> Optional.of(new ActivityMark.Gone());
      case RESTORED -> {
        DocumentState state = states.with(event);
        yield Optional.of(
            state.presence() == Presence.LIVE
                ? new ActivityMark.Known(
                    active(state.document().map(JsonDocument::tree).map(tree -> tree.get(ACTIVE))),
                    time)
                : new ActivityMark.Known(Optional.empty(), time));
      }
      case CREATED ->
          Optional.of(new ActivityMark.Known(Optional.empty(), time).then(changed(content, time)));
      case PURGED, REINDEXED -> Optional.empty();
      default -> Optional.of(changed(content, time));
    };
  }

  private static ActivityMark changed(Optional<JsonDocument> content, Instant time) {
    return content
        .map(told -> ToldActivity.mark(told, time))
        .orElseGet(() -> new ActivityMark.Touched(time));
  }

  private static Optional<Boolean> active(Optional<JsonNode> value) {
    return value.filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
  }

  @Override
  public long clear(int most) {
    return store.clear(most);
  }
}
