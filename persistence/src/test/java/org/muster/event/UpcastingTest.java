package org.muster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.muster.event.document.DocumentReplay;
import org.muster.event.memory.MemoryEventStore;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;
import org.muster.storage.memory.MemoryStorage;

/** Events in forms of old, from what was stored to what is read. */
class UpcastingTest {
  private static final StorageKey ANN = new StorageKey(TenantId.DEFAULT, "User", "ann");
  private static final StorageKey GROUP = new StorageKey(TenantId.DEFAULT, "Group", "g");

  /** The first form had the resource as a text; the second had the keys as one text. */
  private static final List<Upcaster> CHAIN =
      List.of(
          upcaster(1, UpcastingTest::resourceAsDocument),
          upcaster(2, UpcastingTest::searchedAsKeys));

  private final MemoryEventStore stored =
      new MemoryEventStore(
          runnable -> {
            Thread thread = new Thread(runnable, "subscription");
            thread.setDaemon(true);
            thread.start();
          },
          Sealing.NONE);
  private final EventStore events = new UpcastingEventStore(stored, CHAIN, 3);

  private static Upcaster upcaster(int from, UnaryOperator<ObjectNode> change) {
    return new Upcaster() {
      @Override
      public EventType type() {
        return EventType.CREATED;
      }

      @Override
      public int from() {
        return from;
      }

      @Override
      public JsonDocument raise(JsonDocument content) {
        return JsonDocument.of(change.apply(content.tree().deepCopy()));
      }
    };
  }

  private static ObjectNode resourceAsDocument(ObjectNode content) {
    String text = content.remove("resource").asText();
    content.set("document", JsonDocument.ofText(text).tree());
    return content;
  }

  private static ObjectNode searchedAsKeys(ObjectNode content) {
    String[] searched = content.remove("searched").asText().split("=", 2);
    content.set("label", content.remove("name"));
    content.putObject("keys").putArray(searched[0]).add(searched[1]);
    return content;
  }

  private void store() throws IOException {
    try (InputStream in = UpcastingTest.class.getResourceAsStream("old-events.json")) {
      for (JsonNode event : JsonDocument.MAPPER.readTree(Objects.requireNonNull(in))) {
        append(
            new StorageKey(
                TenantId.DEFAULT, event.get("collection").asText(), event.get("id").asText()),
            new Recorded(
                UUID.randomUUID(),
                EventType.of(event.get("type").asText()).orElseThrow(),
                event.get("form").asInt(),
                Optional.of(new Version(event.get("version").asLong())),
                Instant.parse(event.get("time").asText()),
                Origin.SYSTEM,
                Optional.of(JsonDocument.of((ObjectNode) event.get("content")))));
      }
    }
  }

  private void append(StorageKey stream, Recorded recorded) {
    stored.append(List.of(new Append(stream, new Expected.Any(), List.of(recorded))));
  }

  @Test
  void storedEventsOfOldComeToTheRightState() throws IOException {
    store();
    MemoryStorage target = new MemoryStorage(Clock.systemUTC());
    new DocumentReplay(target).apply(events.after(Position.START, EventFilter.ALL, 10).events());
    Stored ann = target.get(ANN, List.of()).orElseThrow();
    assertThat(ann.document().text())
        .isEqualTo("{\"userName\":\"ann\",\"n\":1.5,\"title\":\"Engineer\"}");
    assertThat(ann.label()).isEqualTo("Ann");
    assertThat(ann.version()).isEqualTo(new Version(4));
    assertThat(ann.created()).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(target.get(GROUP, List.of()).map(Stored::label)).contains("G");
    assertThat(
            target.links(
                new LinkQuery(
                    List.of(GROUP), "members", LinkSelector.Direction.OUT, Optional.empty(), 10)))
        .singleElement()
        .satisfies(link -> assertThat(link.other()).isEqualTo(ANN));
  }

  @Test
  void everyWayOfReadingGivesTheNewestForm() throws Exception {
    store();
    assertThat(events.read(StreamRead.forward(ANN, 1, 10)))
        .allSatisfy(event -> assertThat(event.recorded().schema()).isEqualTo(3));
    assertThat(events.read(StreamRead.backward(ANN, Long.MAX_VALUE, 10)))
        .hasSize(2)
        .allSatisfy(event -> assertThat(event.recorded().schema()).isEqualTo(3));
    CompletableFuture<List<Event>> got = new CompletableFuture<>();
    List<Event> all = new ArrayList<>();
    try (EventStore.Subscription subscription =
        events.subscribe(
            Position.START,
            EventFilter.ALL,
            page -> {
              all.addAll(page.events());
              if (all.size() == 4) {
                got.complete(List.copyOf(all));
              }
            })) {
      assertThat(got.get(10, TimeUnit.SECONDS))
          .allSatisfy(event -> assertThat(event.recorded().schema()).isEqualTo(3))
          .extracting(Event::stream)
          .containsExactly(ANN, GROUP, GROUP, ANN);
      assertThat(subscription).isNotNull();
    }
  }

  @Test
  void formOfANewerVersionIsRefusedWithWords() {
    append(ANN, form(4));
    assertThatThrownBy(() -> events.read(StreamRead.forward(ANN, 1, 10)))
        .isInstanceOf(StorageException.Corrupt.class)
        .hasMessageContaining("form 4")
        .hasMessageContaining("newer");
  }

  @Test
  void formThatNothingLeadsOnFromIsRefusedWithWords() {
    EventStore incomplete = new UpcastingEventStore(stored, CHAIN.subList(0, 1), 3);
    append(ANN, form(2));
    assertThatThrownBy(() -> incomplete.read(StreamRead.forward(ANN, 1, 10)))
        .isInstanceOf(StorageException.Corrupt.class)
        .hasMessageContaining("form 2 of created");
  }

  @Test
  void twoWaysFromOneFormAreRefused() {
    assertThatThrownBy(
            () -> new UpcastingEventStore(stored, List.of(CHAIN.get(0), CHAIN.get(0)), 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Recorded form(int form) {
    return new Recorded(
        UUID.randomUUID(),
        EventType.CREATED,
        form,
        Optional.of(new Version(1)),
        Instant.EPOCH,
        Origin.SYSTEM,
        Optional.of(JsonDocument.ofText("{}")));
  }
}
