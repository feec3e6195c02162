package org.muster.event.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.muster.event.Checkpoint;
import org.muster.event.Checkpoints;
import org.muster.event.ConsumerId;
import org.muster.event.EventFilter;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** Keeps checkpoints in the heap. */
public final class MemoryCheckpoints implements Checkpoints {
  private final EventStore events;
  private final NavigableMap<ConsumerId, Checkpoint> all =
      new TreeMap<>(Comparator.comparing(ConsumerId::tenant).thenComparing(ConsumerId::name));
  private long last;

  /** No checkpoints yet, of consumers of {@code events}. */
  public MemoryCheckpoints(EventStore events) {
    this.events = events;
  }

  @Override
  public synchronized Optional<Checkpoint> find(ConsumerId consumer) {
    return Optional.ofNullable(all.get(consumer));
  }

  @Override
  public synchronized List<Checkpoint> page(TenantId tenant, String afterName, int limit) {
    return all.values().stream()
        .filter(each -> each.consumer().tenant().equals(tenant))
        .filter(each -> each.consumer().name().compareTo(afterName) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Checkpoint save(
      ConsumerId consumer, Position position, Instant time, Precondition expected) {
    check(consumer, expected);
    Instant kept = time.truncatedTo(ChronoUnit.MILLIS);
    Checkpoint checkpoint = new Checkpoint(consumer, position, new Version(++last), kept);
    all.put(consumer, checkpoint);
    return checkpoint;
  }

  @Override
  public synchronized boolean remove(ConsumerId consumer, Precondition expected) {
    check(consumer, expected);
    return all.remove(consumer) != null;
  }

  private void check(ConsumerId consumer, Precondition expected) {
    @Nullable Checkpoint known = all.get(consumer);
    if (known == null ? !expected.holdsForNone() : !expected.holdsAt(known.version())) {
      throw new StorageException.Conflict(
          new StorageKey(consumer.tenant(), "$consumer", consumer.name()),
          "The checkpoint is not as expected");
    }
  }

  @Override
  public Optional<Instant> oldestUnread(boolean internal) {
    return copy().stream()
        .filter(each -> each.consumer().isInternal() == internal)
        .flatMap(
            each ->
                events
                    .after(each.position(), EventFilter.of(each.consumer().tenant()), 1)
                    .events()
                    .stream())
        .map(event -> event.recorded().time())
        .min(Comparator.naturalOrder());
  }

  private synchronized List<Checkpoint> copy() {
    return List.copyOf(all.values());
  }

  @Override
  public synchronized long erase(TenantId tenant, int most) {
    List<ConsumerId> some =
        all.keySet().stream().filter(each -> each.tenant().equals(tenant)).limit(most).toList();
    some.forEach(all::remove);
    return some.size();
  }
}
