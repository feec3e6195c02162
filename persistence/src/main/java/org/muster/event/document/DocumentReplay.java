package org.muster.event.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.StorageException;
import org.muster.storage.StorageProvider;

/**
 * Makes a document store of events: each batch again, with its version and time, so that the store
 * comes to the same documents, tombstones, claims and links, under the same versions.
 *
 * <p>Batches of which parts come later are applied in parts; what depends on such a part, as a link
 * to a document that is yet to be created, must not be in an earlier call, so a page of events ends
 * where a batch does. What the last call was given, and more behind it, may be given again.
 *
 * <p>Left out are documents that can't be known: those whose content was made unreadable, and those
 * that were there before there were events, until they are written as a whole; with them what leads
 * from and to them. For one thread.
 */
public final class DocumentReplay {
  private final StorageProvider storage;
  private long unknown;

  private record BatchId(TenantId tenant, Version version) {}

  /** An event with its content, taken apart; empty if it was made unreadable. */
  record Read(Event event, Optional<DocumentContent> content) {}

  /** A replay into a store that nobody else writes. */
  public DocumentReplay(StorageProvider storage) {
    this.storage = storage;
  }

  /**
   * Applies events in their order.
   *
   * @throws StorageException.Corrupt if one does not fit what is stored
   */
  public void apply(List<Event> events) {
    Map<BatchId, List<Read>> batches = new LinkedHashMap<>();
    for (Event event : events) {
      Optional<Version> version = event.recorded().version();
      if (version.isPresent() && event.type().isOfDocument()) {
        batches
            .computeIfAbsent(
                new BatchId(event.stream().tenant(), version.get()), id -> new ArrayList<>())
            .add(new Read(event, event.recorded().content().map(DocumentContent::of)));
      }
    }
    Replayed replayed = Replayed.of(storage, batches.values());
    batches.forEach((id, list) -> apply(id, list, replayed));
  }

  private void apply(BatchId id, List<Read> events, Replayed replayed) {
    Applied.Moment moment =
        new Applied.Moment(id.version(), events.get(0).event().recorded().time());
    BatchReplay replay = new BatchReplay(replayed, id.tenant(), moment);
    Batch.Builder batch = replay.batchOf(events);
    unknown += replay.unknown();
    if (!batch.isEmpty()) {
      storage.apply(batch.asOf(moment).build());
    }
  }

  /** How many changes were left out so far, of documents that can't be known. */
  public long unknown() {
    return unknown;
  }
}
