package org.muster.event.document;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.muster.event.Event;
import org.muster.event.EventType;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.Buried;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * What is known of the documents that some events are about, read in a few steps before the first
 * of them is applied, and kept up to date; and which of the events have been applied before.
 *
 * <p>Versions of different nodes are not in the order of the changes, so that they can't be
 * compared; an event has been applied if the document is at its version, or at that of a later one.
 */
final class Replayed {
  private static final int KEYS = 10_000;

  private final Map<StorageKey, Known> known = new HashMap<>();
  private final Map<StorageKey, Last> applied = new HashMap<>();
  private final Set<StorageKey> live;

  /** A document, or what is left of it. */
  record Known(boolean live, Version version, Optional<JsonDocument> document) {}

  /** The last event of a stream that has been applied before. */
  private record Last(long number, Version version) {}

  private Replayed(Set<StorageKey> live) {
    this.live = live;
  }

  /** What a store has. */
  static Replayed of(StorageProvider storage, Collection<List<DocumentReplay.Read>> batches) {
    Map<StorageKey, Map<Version, Long>> streams = new HashMap<>();
    Set<StorageKey> old = new HashSet<>();
    Set<StorageKey> keys = new HashSet<>();
    for (List<DocumentReplay.Read> batch : batches) {
      for (DocumentReplay.Read read : batch) {
        Event event = read.event();
        Map<Version, Long> versions = streams.get(event.stream());
        if (versions == null) {
          versions = new HashMap<>();
          streams.put(event.stream(), versions);
          if (event.type() != EventType.CREATED) {
            old.add(event.stream());
          }
        }
        if (event.type() != EventType.REINDEXED) { // it leaves the version
          versions.merge(event.recorded().version().orElseThrow(), event.number(), Math::max);
        }
        if (event.type() == EventType.RESTORED || event.type() == EventType.PURGED) {
          old.add(event.stream());
        }
        read.content().ifPresent(content -> keys.addAll(content.targets(event.stream())));
      }
    }
    keys.addAll(streams.keySet());
    Replayed replayed = new Replayed(existing(storage, keys));
    streams.forEach(
        (key, versions) ->
            replayed
                .find(storage, key, old.contains(key))
                .ifPresent(found -> replayed.note(key, found, versions)));
    return replayed;
  }

  /**
   * What there is under a key.
   *
   * @param old whether there may be a tombstone that matters
   */
  private Optional<Known> find(StorageProvider storage, StorageKey key, boolean old) {
    if (live.contains(key)) {
      return storage.get(key, List.of()).map(Replayed::known);
    }
    return old ? storage.buried(key).map(Replayed::known) : Optional.empty();
  }

  private void note(StorageKey key, Known found, Map<Version, Long> versions) {
    known.put(key, found);
    Long number = versions.get(found.version());
    if (number != null) {
      applied.put(key, new Last(number, found.version()));
    }
  }

  private static Set<StorageKey> existing(StorageProvider storage, Set<StorageKey> keys) {
    Map<TenantId, Set<StorageKey>> byTenant = new HashMap<>();
    Set<StorageKey> existing = new HashSet<>();
    for (StorageKey key : keys) {
      Set<StorageKey> some = byTenant.computeIfAbsent(key.tenant(), tenant -> new HashSet<>());
      some.add(key);
      if (some.size() == KEYS) {
        existing.addAll(storage.existing(some));
        some.clear();
      }
    }
    byTenant.values().stream()
        .filter(some -> !some.isEmpty())
        .forEach(some -> existing.addAll(storage.existing(some)));
    return existing;
  }

  private static Known known(Stored stored) {
    return new Known(true, stored.version(), Optional.of(stored.document()));
  }

  private static Known known(Buried buried) {
    return new Known(false, buried.tombstone().version(), buried.document());
  }

  /** What there is under a key; null if nothing is known to be there. */
  @Nullable Known of(StorageKey key) {
    return known.get(key);
  }

  boolean isLive(StorageKey key) {
    return live.contains(key);
  }

  void put(StorageKey key, Known now) {
    known.put(key, now);
    if (now.live()) {
      live.add(key);
    } else {
      live.remove(key);
    }
  }

  void remove(StorageKey key) {
    known.remove(key);
    live.remove(key);
  }

  /** Whether the document is at, or beyond, the event's version. */
  boolean isApplied(Event event) {
    Last last = applied.get(event.stream());
    return last != null && event.number() <= last.number();
  }

  /** Whether the document is beyond the event's version, so that nothing of it is to be done. */
  boolean isBeyond(Event event) {
    Last last = applied.get(event.stream());
    return last != null
        && event.number() <= last.number()
        && !event.recorded().version().equals(Optional.of(last.version()));
  }
}
