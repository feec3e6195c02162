package org.muster.receiver.memory;

import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.muster.event.Position;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.receiver.Progress;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.Receivers;
import org.muster.storage.StorageException;

/** Keeps receivers in the heap. */
public final class MemoryReceivers implements Receivers {
  /** Guarded by this. */
  final NavigableMap<ReceiverId, Entry> all =
      new TreeMap<>(Comparator.comparing(ReceiverId::tenant).thenComparing(ReceiverId::id));

  private long last;

  @Override
  public synchronized Optional<Receiver> find(ReceiverId id) {
    return Optional.ofNullable(all.get(id)).map(entry -> entry.progress.receiver());
  }

  @Override
  public synchronized List<Receiver> page(TenantId tenant, String afterId, int limit) {
    return all.values().stream()
        .map(entry -> entry.progress.receiver())
        .filter(each -> each.id().tenant().equals(tenant) && each.id().id().compareTo(afterId) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Receiver add(Receiver receiver, Position start) {
    check(receiver.id(), new Precondition.Absent());
    Receiver added = next(receiver);
    all.put(
        added.id(),
        new Entry(new Progress(added, start, 0, Optional.empty(), 0, 0, Optional.empty())));
    return added;
  }

  @Override
  public synchronized Receiver replace(Receiver receiver, Precondition expected) {
    check(receiver.id(), expected);
    Entry entry = all.get(receiver.id());
    if (entry == null) {
      throw conflict(receiver.id());
    }
    Progress was = entry.progress;
    Receiver replaced = next(receiver);
    entry.progress =
        new Progress(
            replaced,
            was.position(),
            0,
            Optional.empty(),
            was.delivered(),
            was.failed(),
            was.failure());
    return replaced;
  }

  @Override
  public synchronized boolean remove(ReceiverId id, Precondition expected) {
    check(id, expected);
    return all.remove(id) != null;
  }

  @Override
  public synchronized long erase(TenantId tenant, int most) {
    List<ReceiverId> some =
        all.keySet().stream().filter(each -> each.tenant().equals(tenant)).limit(most).toList();
    some.forEach(all::remove);
    return some.size();
  }

  /** With a version that none had before; times in milliseconds. */
  Receiver next(Receiver receiver) {
    return new Receiver(
        receiver.id(),
        receiver.kind(),
        receiver.state(),
        receiver.settings(),
        receiver.secrets(),
        new Version(++last),
        receiver.created().truncatedTo(ChronoUnit.MILLIS),
        receiver.updated().truncatedTo(ChronoUnit.MILLIS));
  }

  private void check(ReceiverId id, Precondition expected) {
    @Nullable Entry known = all.get(id);
    if (known == null
        ? !expected.holdsForNone()
        : !expected.holdsAt(known.progress.receiver().version())) {
      throw conflict(id);
    }
  }

  static StorageException.Conflict conflict(ReceiverId id) {
    return new StorageException.Conflict(id.key(), "The receiver is not as expected");
  }
}
