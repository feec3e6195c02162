package org.muster.storage.behind;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.StreamRead;
import org.muster.kernel.Version;
import org.muster.storage.StorageException;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * Tells what came of writes that the store may have got before: by the version of the document, or
 * else by those that its events tell of, where there are events. Thread-safe.
 */
final class Outcomes {
  /** How many events of a document are looked at in one step. */
  private static final int PAGE = 50;

  private static final int MOST_PAGES = 200;

  /** By how much the clocks of nodes may differ. */
  private static final Duration SKEW = Duration.ofHours(1);

  private final StorageProvider store;
  private final EventStore events;

  Outcomes(StorageProvider store, EventStore events) {
    this.store = store;
    this.events = events;
  }

  /** How many of the first writes of a key the document is made of that the store has now. */
  int inDocument(List<Logged> writes) {
    Optional<Stored> stored = store.get(writes.get(0).key(), List.of());
    return stored.map(now -> upTo(writes, Set.of(now.version()))).orElse(0);
  }

  /**
   * How many of the first writes of a key the store has had, whatever became of them since; empty
   * if nobody knows.
   */
  OptionalInt inEvents(List<Logged> writes) {
    try {
      return sought(writes);
    } catch (StorageException.Corrupt e) {
      return OptionalInt.empty();
    }
  }

  private OptionalInt sought(List<Logged> writes) {
    Instant earliest = writes.get(0).write().stored().modified().minus(SKEW);
    long from = Long.MAX_VALUE;
    for (int i = 0; i < MOST_PAGES; i++) {
      List<Event> page = events.read(StreamRead.backward(writes.get(0).key(), from, PAGE));
      if (page.isEmpty()) {
        return OptionalInt.empty();
      }
      int found = upTo(writes, versions(page));
      Event last = page.get(page.size() - 1);
      if (found > 0 || last.number() == 1 || last.recorded().time().isBefore(earliest)) {
        return OptionalInt.of(found);
      }
      from = last.number() - 1;
    }
    return OptionalInt.empty();
  }

  private static Set<Version> versions(List<Event> page) {
    Set<Version> versions = new HashSet<>();
    page.forEach(event -> event.recorded().version().ifPresent(versions::add));
    return versions;
  }

  /** Versions are given once; what lies between two of them may have been one step. */
  private static int upTo(List<Logged> writes, Set<Version> versions) {
    int count = writes.size();
    while (count > 0 && !versions.contains(writes.get(count - 1).write().stored().version())) {
      count--;
    }
    return count;
  }

  /**
   * Whether a document was deleted since it was created by a write, or by who came after it; one
   * that was created in the same millisecond is taken for it if nobody knows.
   */
  boolean isDeletedSince(PendingWrite write, boolean isKnown) {
    return store
        .buried(write.key())
        .filter(
            buried ->
                buried.tombstone().deleted().isAfter(write.stored().modified())
                    || (!isKnown && buried.created().equals(write.stored().created())))
        .isPresent();
  }
}
