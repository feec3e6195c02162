package org.muster.storage.behind;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.muster.kernel.Precondition;
import org.muster.monitor.Calls;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.Effect;
import org.muster.storage.JsonDocument;
import org.muster.storage.Moments;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;
import org.muster.storage.behind.log.WriteLog;

/**
 * Judges writes of one document on what is pending of it, or else on what is read, and appends them
 * to the log.
 */
final class Acknowledging {
  /** What is larger goes to the store at once. */
  private static final int MOST_BYTES = 8 << 20;

  private final BehindSettings settings;
  private final PendingWrites pending;
  private final WriteLog log;
  private final Traces traces;
  private final Moments moments;
  private final Function<StorageKey, Optional<Stored>> reading;
  private final Calls calls;

  Acknowledging(
      BehindSettings settings,
      PendingWrites pending,
      WriteLog log,
      Traces traces,
      Moments moments,
      Function<StorageKey, Optional<Stored>> reading,
      Calls calls) {
    this.settings = settings;
    this.pending = pending;
    this.log = log;
    this.traces = traces;
    this.moments = moments;
    this.reading = reading;
    this.calls = calls;
  }

  /** The put of a batch that does nothing else, and nothing that others have a part in. */
  Optional<Change.Put> simple(Batch batch) {
    return batch.changes().size() == 1
            && batch.moment().isEmpty()
            && batch.changes().get(0) instanceof Change.Put put
            && settings.collections().contains(put.key().collection())
            && batch.preconditions().keySet().stream().allMatch(put.key()::equals)
        ? Optional.of(put)
        : Optional.empty();
  }

  /**
   * Appends a write to the log; empty if the store has to have it at once.
   *
   * @throws StorageException as the store would
   */
  Optional<Early> write(Batch batch, Change.Put put) {
    int size = put.document().bytes();
    if (size > JsonDocument.MAX_BYTES) {
      throw new StorageException.TooLarge(
          "A document of " + size + " bytes, where " + JsonDocument.MAX_BYTES + " are allowed");
    }
    if (!pending.admission().hold(put.key())) {
      return Optional.empty();
    }
    boolean isLogged = false;
    try {
      PendingWrite write = judged(batch, put);
      byte[] encoded = WriteCodec.encode(write);
      if (encoded.length > MOST_BYTES) {
        return Optional.empty();
      }
      traces.logged(batch.tenant());
      long number = calls.call("append", batch.tenant(), () -> append(encoded));
      isLogged = true;
      return Optional.of(new Early(pending.admission(), log, write, number, encoded.length));
    } finally {
      if (!isLogged) {
        pending.admission().release(put.key());
      }
    }
  }

  private long append(byte[] encoded) {
    try {
      return log.append(encoded);
    } catch (UncheckedIOException e) {
      throw new StorageException.Unavailable("The log of writes can't be written to", e);
    }
  }

  private PendingWrite judged(Batch batch, Change.Put put) {
    StorageKey key = put.key();
    PendingWrite last = pending.last(key);
    Optional<Stored> before = last != null ? Optional.of(last.stored()) : reading.apply(key);
    Precondition expected = batch.preconditions().get(key);
    if (expected != null
        && !before
            .map(stored -> expected.holdsAt(stored.version()))
            .orElseGet(expected::holdsForNone)) {
      throw new StorageException.Conflict(key, "A precondition does not hold");
    }
    Applied.Moment moment = moments.next();
    JsonDocument document = JsonDocument.ofKeptText(put.document().text());
    Change.Put kept = new Change.Put(key, document, put.keys(), put.label(), put.basis());
    Stored stored =
        new Stored(
            key,
            moment.version(),
            before.map(Stored::created).orElse(moment.time()),
            moment.time(),
            put.label(),
            document,
            List.of());
    boolean relabels = before.isPresent() && !before.get().label().equals(put.label());
    return new PendingWrite(kept, before.map(Stored::version), stored, batch.origin(), relabels);
  }

  /** What the writer is told. */
  static Applied applied(PendingWrite write) {
    Stored stored = write.stored();
    return new Applied(
        Optional.of(write.moment()),
        Map.of(
            write.key(), new Applied.Stamp(stored.version(), stored.created(), stored.modified())),
        List.of(new Effect.Written(write.key(), write.base().isEmpty())));
  }
}
