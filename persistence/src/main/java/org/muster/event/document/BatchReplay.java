package org.muster.event.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.muster.event.Event;
import org.muster.event.EventType;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/**
 * The changes that the events of one batch tell of, in the order in which a batch is applied:
 * documents, then links, then deletions.
 */
final class BatchReplay {
  private static final int ACTOR = 255;

  private final Replayed replayed;
  private final Applied.Moment moment;
  private final Batch.Builder batch;
  private long unknown;

  BatchReplay(Replayed replayed, TenantId tenant, Applied.Moment moment) {
    this.replayed = replayed;
    this.moment = moment;
    this.batch = Batch.builder(tenant);
  }

  Batch.Builder batchOf(List<DocumentReplay.Read> events) {
    for (DocumentReplay.Read read : events) {
      if (!replayed.isBeyond(read.event())) {
        document(read.event(), read.content());
      }
    }
    for (DocumentReplay.Read read : events) {
      if (!replayed.isBeyond(read.event())) {
        read.content().ifPresent(content -> links(read.event(), content));
      }
    }
    for (DocumentReplay.Read read : events) {
      if (read.event().type() == EventType.DELETED && !replayed.isApplied(read.event())) {
        delete(read.event(), read.content());
      }
    }
    return batch;
  }

  /** How many changes were left out. */
  long unknown() {
    return unknown;
  }

  private void document(Event event, Optional<DocumentContent> content) {
    switch (event.type()) {
      case CREATED, REPLACED, PATCHED -> {
        if (replayed.isApplied(event) || write(event.stream(), content)) {
          content.ifPresent(known -> claims(event.stream(), known));
        }
      }
      case RESTORED -> {
        if (replayed.isApplied(event) || restore(event.stream(), content)) {
          content.ifPresent(known -> claims(event.stream(), known));
        }
      }
      case PURGED -> purge(event);
      case REINDEXED -> content.ifPresent(known -> reindex(event.stream(), known));
      default -> {
        // links and deletions follow
      }
    }
  }

  /** Puts the document; false if it can't be known. */
  private boolean write(StorageKey key, Optional<DocumentContent> content) {
    Optional<JsonDocument> document = content.flatMap(known -> document(key, known));
    if (document.isEmpty()) {
      unknown++;
      return false;
    }
    DocumentContent known = content.orElseThrow();
    Replayed.Known before = replayed.of(key);
    // back ends write what is expected without reading it first
    batch.expect(
        key,
        before == null || !before.live()
            ? new Precondition.Absent()
            : new Precondition.At(before.version()));
    batch.add(new Change.Put(key, document.get(), keys(known), known.label()));
    replayed.put(key, new Replayed.Known(true, moment.version(), document));
    return true;
  }

  private Optional<JsonDocument> document(StorageKey key, DocumentContent content) {
    if (content.document().isPresent()) {
      return content.document();
    }
    Replayed.Known before = replayed.of(key);
    return before == null || !before.live()
        ? Optional.empty()
        : content
            .changes()
            .flatMap(changes -> before.document().map(each -> Difference.apply(each, changes)));
  }

  private boolean restore(StorageKey key, Optional<DocumentContent> content) {
    Replayed.Known before = replayed.of(key);
    if (content.isEmpty() || before == null || before.live() || before.document().isEmpty()) {
      unknown++;
      return false;
    }
    batch.add(
        new Change.Restore(key, before.version(), keys(content.get()), content.get().label()));
    replayed.put(key, new Replayed.Known(true, moment.version(), before.document()));
    return true;
  }

  private void purge(Event event) {
    Replayed.Known before = replayed.of(event.stream());
    if (!replayed.isApplied(event) && before != null && !before.live()) {
      batch.add(new Change.Purge(event.stream(), before.version()));
      replayed.remove(event.stream());
    }
  }

  private void reindex(StorageKey key, DocumentContent content) {
    Replayed.Known before = replayed.of(key);
    if (before == null || !before.live()) {
      return;
    }
    content.keys().ifPresent(keys -> batch.add(new Change.Reindex(key, before.version(), keys)));
    claims(key, content);
  }

  private static SortedMap<String, List<String>> keys(DocumentContent content) {
    return content.keys().orElseGet(TreeMap::new);
  }

  private void claims(StorageKey key, DocumentContent content) {
    if (!replayed.isLive(key)) {
      return;
    }
    each(content.released(), (name, value) -> batch.add(new Change.Release(key, name, value)));
    each(content.claims(), (name, value) -> batch.add(new Change.Claim(key, name, value)));
  }

  private interface Taking {
    void accept(String name, String value);
  }

  private static void each(Map<String, List<String>> values, Taking taking) {
    values.forEach((name, list) -> list.forEach(value -> taking.accept(name, value)));
  }

  /** The document gets the version even if the links can't be made, or are gone, by now. */
  private void links(Event event, DocumentContent content) {
    StorageKey key = event.stream();
    Replayed.Known source = replayed.of(key);
    boolean added = event.type() == EventType.MEMBERSHIP_ADDED;
    if ((!added && event.type() != EventType.MEMBERSHIP_REMOVED)
        || source == null
        || !source.live()) {
      return;
    }
    List<StorageKey> targets = content.targets(key);
    if (added) {
      List<StorageKey> live = targets.stream().filter(replayed::isLive).toList();
      unknown += targets.size() - live.size();
      batch.add(new Change.AddLinks(key, content.relation(), live));
    } else {
      batch.add(new Change.RemoveLinks(key, content.relation(), targets));
    }
    batch.add(new Change.Touch(key));
    replayed.put(key, new Replayed.Known(true, moment.version(), source.document()));
  }

  private void delete(Event event, Optional<DocumentContent> content) {
    StorageKey key = event.stream();
    Replayed.Known before = replayed.of(key);
    if (before == null || !before.live()) {
      return;
    }
    String actor =
        content
            .flatMap(DocumentContent::actor)
            .orElseGet(
                () -> {
                  String whole = event.recorded().origin().actor();
                  return whole.length() <= ACTOR ? whole : whole.substring(0, ACTOR);
                });
    batch.add(new Change.Delete(key, actor));
    replayed.put(key, new Replayed.Known(false, moment.version(), before.document()));
  }
}
