package org.muster.event.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Recorded;
import org.muster.event.Sealing;
import org.muster.event.StreamRead;
import org.muster.event.memory.MemoryEventStore;
import org.muster.kernel.Origin;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.journal.JournaledStorage;
import org.muster.storage.memory.MemoryStorage;

/** What a document was with one of its events. */
class PastDocumentTest {
  private static final StorageKey KEY = new StorageKey(TenantId.DEFAULT, "User", "u1");

  private final EventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);
  private final StorageProvider storage =
      new JournaledStorage(new MemoryStorage(Clock.systemUTC()), events);

  private void put(ObjectNode document) {
    Optional<Stored> before = storage.get(KEY, List.of());
    Change.Put put = new Change.Put(KEY, JsonDocument.of(document), new TreeMap<>(), "");
    storage.apply(
        before.isPresent()
            ? Batch.put(put.madeOf(before.get(), true), new Precondition.At(before.get().version()))
            : Batch.put(put, new Precondition.Absent()));
  }

  private void append(EventType type, String content) {
    events.append(
        List.of(
            new Append(
                KEY,
                new Expected.Any(),
                List.of(
                    Recorded.of(
                        type,
                        new Version(1),
                        Instant.EPOCH,
                        Origin.of("tester"),
                        JsonDocument.ofText(content))))));
  }

  private Optional<JsonDocument> at(long number) {
    return PastDocument.at(events, KEY, number);
  }

  @Test
  void documentIsWhatAllEventsBeforeMadeOfIt() {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    System.out.println("muster.seed=" + seed);
    Random random = new Random(seed);
    ObjectNode document = JsonDocument.MAPPER.createObjectNode();
    document.put("text", "x".repeat(300));
    List<JsonDocument> states = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      if (random.nextInt(50) == 0) {
        document.removeAll();
      }
      document.put("a" + random.nextInt(5), random.nextInt());
      document.withArrayProperty("list").add(random.nextInt(3));
      put(document.deepCopy());
      states.add(JsonDocument.of(document.deepCopy()));
    }
    List<Event> all = events.read(StreamRead.forward(KEY, 1, 1_000));
    assertThat(all).hasSize(300);
    DocumentState state = new DocumentState(KEY);
    for (Event event : all) {
      state.apply(event);
      assertThat(at(event.number())).isEqualTo(state.document());
      assertThat(at(event.number())).contains(states.get((int) event.number() - 1));
    }
  }

  @Test
  void documentStaysWhatItWasWhenItIsDeletedAndRestored() {
    append(EventType.CREATED, "{\"document\":{\"a\":1}}");
    append(EventType.DELETED, "{}");
    append(EventType.RESTORED, "{\"label\":\"\"}");
    append(EventType.MEMBERSHIP_ADDED, "{\"relation\":\"members\",\"targets\":{}}");
    assertThat(at(4)).contains(JsonDocument.ofText("{\"a\":1}"));
    assertThat(at(2)).contains(JsonDocument.ofText("{\"a\":1}"));
  }

  @Test
  void whatCannotBeToldIsEmpty() {
    append(EventType.PATCHED, "{\"changes\":[{\"op\":\"add\",\"path\":\"/a\",\"value\":1}]}");
    assertThat(at(1)).isEmpty();
    append(EventType.CREATED, "{\"document\":{\"a\":1}}");
    append(EventType.PURGED, "{}");
    assertThat(at(3)).isEmpty();
    assertThat(at(2)).isPresent();
    assertThat(PastDocument.at(events, new StorageKey(TenantId.DEFAULT, "User", "u2"), 7))
        .isEmpty();
  }
}
