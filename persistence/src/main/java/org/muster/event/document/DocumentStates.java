package org.muster.event.document;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.Snapshot;
import org.muster.event.SnapshotStore;
import org.muster.event.StreamRead;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * What documents have come to: the last snapshot of the stream, and the events behind it.
 * Thread-safe.
 */
public final class DocumentStates {
  private static final int PAGE = 1_000;

  /** Larger states are not kept; reading them would cost what reading the events does. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int REMEMBERED = 1_000;

  private final EventStore events;
  private final SnapshotStore snapshots;
  private final int every;
  private final Map<StorageKey, Long> tooLarge =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StorageKey, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * The states of documents.
   *
   * @param every after how many events of a stream a snapshot is taken; 0 for never
   */
  public DocumentStates(EventStore events, SnapshotStore snapshots, int every) {
    this.events = events;
    this.snapshots = snapshots;
    this.every = every;
  }

  /** What a document has come to with the last event of its stream. */
  public DocumentState load(StorageKey stream) {
    DocumentState state =
        snapshots
            .latest(stream, Long.MAX_VALUE)
            .flatMap(DocumentStates::read)
            .orElseGet(() -> new DocumentState(stream));
    List<Event> page;
    do {
      page = events.read(StreamRead.forward(stream, state.number() + 1, PAGE));
      page.forEach(state::apply);
    } while (page.size() == PAGE);
    return state;
  }

  /** A snapshot that can't be read is made anew in time. */
  private static Optional<DocumentState> read(Snapshot snapshot) {
    try {
      return Optional.of(DocumentState.of(snapshot));
    } catch (StorageException.Corrupt e) {
      return Optional.empty();
    }
  }

  /** Takes the snapshots that are due, in the transaction in which these were appended. */
  public void appended(List<Event> appended) {
    if (every == 0) {
      return;
    }
    Set<StorageKey> due = new LinkedHashSet<>();
    for (Event event : appended) {
      if (event.number() % every == 0 && isWorthwhile(event)) {
        due.add(event.stream());
      }
    }
    due.forEach(this::take);
  }

  private boolean isWorthwhile(Event event) {
    synchronized (tooLarge) {
      Long number = tooLarge.get(event.stream());
      return number == null || event.number() > 2 * number;
    }
  }

  private void take(StorageKey stream) {
    DocumentState state = load(stream);
    if (state.presence() == DocumentState.Presence.UNKNOWN) {
      return;
    }
    JsonDocument json = state.snapshot();
    if (json.text().length() > MOST_BYTES) {
      synchronized (tooLarge) {
        tooLarge.put(stream, state.number());
      }
    } else {
      snapshots.save(new Snapshot(stream, state.number(), json));
    }
  }
}
