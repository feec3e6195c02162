package org.muster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.muster.event.seal.KeyedSealing;
import org.muster.event.seal.SubjectKeys;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;

/** An event store whose events are sealed: the contract, and what is left of an erased subject. */
public abstract class SealedEventStoreContract extends EventStoreContract {

  /** The store under test, with the same events whatever they are sealed with from now on. */
  protected abstract EventStore store(Sealing sealing);

  /** The keys of its subjects. */
  protected abstract SubjectKeys keys();

  @Override
  protected EventStore store() {
    return store(new KeyedSealing(keys(), true));
  }

  /** So that none is left for a test that has other keys. */
  @AfterEach
  void removeEvents() {
    for (TenantId each : List.of(tenant, new TenantId(tenant.value() + "x"))) {
      while (store().erase(each, 10_000) > 0) {
        // there may be more
      }
    }
  }

  /** All that orders and names the events stays, but no content and of the origin the actor. */
  @Test
  void erasedSubjectLeavesItsPlaceInTheOrderAndNothingElse() {
    Recorded personal = personal("Ann");
    append(user("a"), NONE, personal);
    append(user("b"), NONE, personal("Bob"));
    append(user("a"), ANY, personal("Anna"), personal("Anne"));
    List<Event> before = all(EventFilter.of(tenant));
    Position end = store().end();

    keys().destroy(user("a"), Instant.ofEpochMilli(1), "admin");

    List<Event> after = all(EventFilter.of(tenant));
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < before.size(); i++) {
      Event was = before.get(i);
      assertThat(after.get(i)).isEqualTo(was.stream().equals(user("a")) ? bare(was) : was);
    }
    assertThat(store().read(StreamRead.forward(user("a"), 1, 10)))
        .hasSize(3)
        .allMatch(event -> event.recorded().content().isEmpty());
    assertThat(store().read(StreamRead.forward(user("b"), 1, 10)).get(0).recorded().content())
        .isPresent();
    assertThat(store().end()).isGreaterThanOrEqualTo(end);
  }

  @Test
  void nothingIsAppendedToAnErasedSubject() {
    append(user("a"), NONE, personal("Ann"));
    keys().destroy(user("a"), Instant.ofEpochMilli(1), "admin");
    assertThatThrownBy(() -> append(user("a"), ANY, personal("Ann")))
        .isInstanceOf(StorageException.Erased.class);
    List<Append> both =
        List.of(
            new Append(user("b"), ANY, List.of(personal("Bob"))),
            new Append(user("a"), ANY, List.of(personal("Ann"))));
    assertThatThrownBy(() -> store().append(both)).isInstanceOf(StorageException.Erased.class);
    assertThat(all(EventFilter.of(tenant))).hasSize(1);
  }

  @Test
  void whatWasStoredAsItIsStaysReadableUntilTheSubjectIsErased() {
    EventStore plain = store(Sealing.NONE);
    Event first = plain.append(List.of(new Append(user("a"), NONE, List.of(personal("1"))))).get(0);
    Event second = append(user("a"), ANY, personal("2")).get(0);
    assertThat(store().read(StreamRead.forward(user("a"), 1, 10))).containsExactly(first, second);

    EventStore off = store(new KeyedSealing(keys(), false));
    Event third = off.append(List.of(new Append(user("a"), ANY, List.of(personal("3"))))).get(0);
    assertThat(off.read(StreamRead.forward(user("a"), 1, 10)))
        .containsExactly(first, second, third);

    keys().destroy(user("a"), Instant.ofEpochMilli(1), "admin");
    assertThat(store().read(StreamRead.forward(user("a"), 1, 10)))
        .containsExactly(bare(first), bare(second), bare(third));
  }

  private static Recorded personal(String name) {
    return new Recorded(
        UUID.randomUUID(),
        EventType.PATCHED,
        1,
        Optional.of(new Version(7)),
        Instant.ofEpochMilli(1_700_000_000_123L),
        new Origin(
            "token",
            Optional.of("client of " + name),
            Optional.of("agent"),
            Optional.of("request"),
            Optional.of("192.0.2.1")),
        Optional.of(JsonDocument.ofText("{\"name\":\"" + name + "\"}")));
  }

  private static Event bare(Event event) {
    Recorded recorded = event.recorded();
    return new Event(
        event.position(),
        event.stream(),
        event.number(),
        new Recorded(
            recorded.id(),
            recorded.type(),
            recorded.schema(),
            recorded.version(),
            recorded.time(),
            Origin.of(recorded.origin().actor()),
            Optional.empty()));
  }
}
