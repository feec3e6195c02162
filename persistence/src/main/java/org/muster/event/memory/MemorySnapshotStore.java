package org.muster.event.memory;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.muster.event.Sealing;
import org.muster.event.Snapshot;
import org.muster.event.SnapshotStore;
import org.muster.kernel.TenantId;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/** Keeps snapshots in the heap, gone when the process ends. */
public final class MemorySnapshotStore implements SnapshotStore {
  private final Sealing sealing;
  private final Map<StorageKey, NavigableMap<Long, byte[]>> streams = new ConcurrentHashMap<>();

  public MemorySnapshotStore(Sealing sealing) {
    this.sealing = sealing;
  }

  @Override
  public Optional<Snapshot> latest(StorageKey stream, long number) {
    NavigableMap<Long, byte[]> states = streams.get(stream);
    Map.Entry<Long, byte[]> last = states == null ? null : states.floorEntry(number);
    return last == null
        ? Optional.empty()
        : sealing
            .forReading(Set.of(stream))
            .open(stream, last.getValue())
            .map(bytes -> JsonDocument.ofText(new String(bytes, StandardCharsets.UTF_8)))
            .map(state -> new Snapshot(stream, last.getKey(), state));
  }

  @Override
  public void save(Snapshot snapshot) {
    StorageKey stream = snapshot.stream();
    byte[] state = snapshot.state().text().getBytes(StandardCharsets.UTF_8);
    byte[] stored = sealing.forWriting(Set.of(stream)).seal(stream, state);
    streams
        .computeIfAbsent(stream, absent -> new ConcurrentSkipListMap<>())
        .put(snapshot.number(), stored);
  }

  @Override
  public void discard(StorageKey stream) {
    streams.remove(stream);
  }

  @Override
  public long erase(TenantId tenant, int most) {
    long removed =
        streams.entrySet().stream()
            .filter(entry -> entry.getKey().tenant().equals(tenant))
            .mapToLong(entry -> entry.getValue().size())
            .sum();
    streams.keySet().removeIf(stream -> stream.tenant().equals(tenant));
    return removed;
  }
}
