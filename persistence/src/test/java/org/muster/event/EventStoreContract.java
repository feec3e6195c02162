package org.muster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * What every event store must do. A store's test extends this and supplies it; each append may run
 * in a transaction of its own. One store may serve all tests: each has a tenant of its own.
 */
@Timeout(120)
public abstract class EventStoreContract {
  static final Expected ANY = new Expected.Any();
  static final Expected NONE = new Expected.None();

  protected TenantId tenant = TenantId.DEFAULT;

  /** The store under test. */
  protected abstract EventStore store();

  @BeforeEach
  void openTenant() {
    tenant = new TenantId("e" + UUID.randomUUID().toString().replace("-", ""));
  }

  @Test
  void eventIsReadAsItWasAppended() {
    Recorded recorded =
        new Recorded(
            UUID.randomUUID(),
            EventType.MEMBERSHIP_ADDED,
            7,
            Optional.of(new Version(99)),
            Instant.ofEpochMilli(1_700_000_000_123L),
            new Origin(
                "actor \uffee 😀",
                Optional.of("client"),
                Optional.of("agent/1.0 (\"x\")"),
                Optional.of("request"),
                Optional.of("2001:db8::1")),
            Optional.of(JsonDocument.ofText("{\"a\":[1.50,\"\uffee 😀 é\",null]}")));
    StorageKey stream = new StorageKey(tenant, "User", "a/b ü 😀 \uffee");
    List<Event> appended = append(stream, NONE, recorded);
    assertThat(appended).hasSize(1);
    assertThat(appended.get(0).number()).isEqualTo(1);
    assertThat(appended.get(0).recorded()).isEqualTo(recorded);
    List<Event> read = store().read(StreamRead.forward(stream, 1, 10));
    assertThat(read).isEqualTo(appended);
    assertThat(read.get(0).recorded().content().orElseThrow().text())
        .isEqualTo("{\"a\":[1.50,\"\uffee 😀 é\",null]}");
    assertThat(all(EventFilter.of(tenant))).isEqualTo(appended);
  }

  @Test
  void eventWithoutVersionAndOriginIsReadAsItWas() {
    Recorded recorded =
        new Recorded(
            UUID.randomUUID(),
            EventType.SCHEMA_CHANGED,
            1,
            Optional.empty(),
            Instant.ofEpochMilli(0),
            Origin.SYSTEM,
            Optional.of(JsonDocument.ofText("{}")));
    List<Event> appended = append(user("a"), ANY, recorded);
    assertThat(store().read(StreamRead.forward(user("a"), 1, 10))).isEqualTo(appended);
  }

  @Test
  void largeContentIsKept() {
    Recorded recorded = recorded("x".repeat(3_000_000));
    append(user("large"), ANY, recorded);
    assertThat(store().read(StreamRead.forward(user("large"), 1, 1)).get(0).recorded())
        .isEqualTo(recorded);
  }

  @Test
  void eventsOfAStreamAreNumberedAndReadBothWays() {
    append(user("a"), ANY, recorded("1"), recorded("2"));
    append(user("b"), ANY, recorded("other"));
    append(user("a"), ANY, recorded("3"));
    List<Event> forward = store().read(StreamRead.forward(user("a"), 1, 10));
    assertThat(texts(forward)).containsExactly("1", "2", "3");
    assertThat(numbers(forward)).containsExactly(1L, 2L, 3L);
    assertThat(texts(store().read(StreamRead.forward(user("a"), 2, 1)))).containsExactly("2");
    assertThat(store().read(StreamRead.forward(user("a"), 4, 1))).isEmpty();
    assertThat(texts(store().read(StreamRead.backward(user("a"), Long.MAX_VALUE, 2))))
        .containsExactly("3", "2");
    assertThat(texts(store().read(StreamRead.backward(user("a"), 1, 2)))).containsExactly("1");
    assertThat(store().read(StreamRead.forward(user("nobody"), 1, 10))).isEmpty();
  }

  @Test
  void streamHasToBeAsExpected() {
    assertConflict(() -> append(user("a"), new Expected.Exact(1), recorded("x")));
    append(user("a"), NONE, recorded("1"));
    assertConflict(() -> append(user("a"), NONE, recorded("x")));
    append(user("a"), new Expected.Exact(1), recorded("2"), recorded("3"));
    assertConflict(() -> append(user("a"), new Expected.Exact(1), recorded("x")));
    assertConflict(() -> append(user("a"), new Expected.Exact(7), recorded("x")));
    append(user("a"), new Expected.Exact(3), recorded("4"));
    assertThat(texts(store().read(StreamRead.forward(user("a"), 1, 10))))
        .containsExactly("1", "2", "3", "4");
  }

  @Test
  void allIsAppendedOrNothing() {
    append(user("b"), ANY, recorded("1"));
    List<Append> appends =
        List.of(
            new Append(user("a"), ANY, List.of(recorded("x"))),
            new Append(user("b"), NONE, List.of(recorded("x"))),
            new Append(user("c"), ANY, List.of(recorded("x"))));
    assertConflict(() -> store().append(appends));
    assertThat(texts(all(EventFilter.of(tenant)))).containsExactly("1");
  }

  @Test
  void severalStreamsAreAppendedToInTheOrderGiven() {
    append(user("b"), ANY, recorded("0"));
    List<Event> appended =
        store()
            .append(
                List.of(
                    new Append(user("c"), NONE, List.of(recorded("1"), recorded("2"))),
                    new Append(user("a"), ANY, List.of(recorded("3"))),
                    new Append(user("b"), new Expected.Exact(1), List.of(recorded("4")))));
    assertThat(texts(appended)).containsExactly("1", "2", "3", "4");
    assertThat(numbers(appended)).containsExactly(1L, 2L, 1L, 2L);
    assertThat(texts(all(EventFilter.of(tenant)))).containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void nothingIsNotAppended() {
    assertThat(store().append(List.of())).isEmpty();
    assertThatThrownBy(() -> new Append(user("a"), ANY, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    Append append = new Append(user("a"), ANY, List.of(recorded("1")));
    assertThatThrownBy(() -> store().append(List.of(append, append)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(all(EventFilter.of(tenant))).isEmpty();
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() {
    for (int i = 0; i < 7; i++) {
      append(user("u" + i % 3), ANY, recorded("" + i));
    }
    List<String> walked = new ArrayList<>();
    EventPage page = store().after(Position.START, EventFilter.of(tenant), 3);
    while (!page.complete()) {
      assertThat(page.events()).hasSize(3);
      walked.addAll(texts(page.events()));
      page = store().after(page.next(), EventFilter.of(tenant), 3);
    }
    walked.addAll(texts(page.events()));
    assertThat(walked).containsExactly("0", "1", "2", "3", "4", "5", "6");
    EventPage rest = store().after(page.next(), EventFilter.of(tenant), 3);
    assertThat(rest.events()).isEmpty();
    assertThat(rest.next()).isGreaterThanOrEqualTo(page.next());
  }

  @Test
  void onlyWhatIsWantedIsRead() {
    StorageKey group = new StorageKey(tenant, "Group", "g");
    append(user("a"), ANY, recorded("1"));
    append(group, ANY, recorded("2"), typed(EventType.DELETED, "3"));
    append(user("a"), ANY, typed(EventType.DELETED, "4"));
    TenantId other = new TenantId(tenant.value() + "x");
    append(new StorageKey(other, "User", "a"), ANY, recorded("5"));
    Optional<TenantId> ours = Optional.of(tenant);
    assertThat(texts(all(EventFilter.of(tenant)))).containsExactly("1", "2", "3", "4");
    assertThat(texts(all(new EventFilter(ours, Set.of("Group"), Set.of()))))
        .containsExactly("2", "3");
    assertThat(texts(all(new EventFilter(ours, Set.of(), Set.of(EventType.DELETED)))))
        .containsExactly("3", "4");
    assertThat(
            texts(all(new EventFilter(ours, Set.of("User", "Group"), Set.of(EventType.CREATED)))))
        .containsExactly("1", "2");
    assertThat(all(new EventFilter(ours, Set.of("Device"), Set.of()))).isEmpty();
    assertThat(all(EventFilter.ALL)).hasSizeGreaterThanOrEqualTo(5);
  }

  @Test
  void endIsBehindAllThatThereIsAndBeforeAllThatComes() {
    append(user("a"), ANY, recorded("1"));
    waitUntil(() -> all(EventFilter.of(tenant)).size() == 1);
    Position end = store().end();
    assertThat(store().after(end, EventFilter.of(tenant), 10).events()).isEmpty();
    append(user("a"), ANY, recorded("2"));
    waitUntil(() -> all(EventFilter.of(tenant)).size() == 2);
    assertThat(texts(store().after(end, EventFilter.of(tenant), 10).events())).containsExactly("2");
  }

  @Test
  void subscriberGetsWhatIsThereAndWhatComes() throws InterruptedException {
    EventStore store = store();
    append(user("a"), ANY, recorded("0"));
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    EventStore.Subscription subscription =
        store.subscribe(
            Position.START, EventFilter.of(tenant), page -> heard.addAll(texts(page.events())));
    for (int i = 1; i < 50; i++) {
      append(user("u" + i % 5), ANY, recorded("" + i));
    }
    waitUntil(() -> heard.size() >= 50);
    subscription.close();
    assertThat(heard).isEqualTo(IntStream.range(0, 50).mapToObj(Integer::toString).toList());
    TimeUnit.MILLISECONDS.sleep(100);
    append(user("a"), ANY, recorded("late"));
    TimeUnit.MILLISECONDS.sleep(200);
    assertThat(heard).hasSize(50);
  }

  @Test
  void subscribersGetWhatTheyWantAndNothingElse() {
    EventStore store = store();
    List<String> users = Collections.synchronizedList(new ArrayList<>());
    List<String> deletions = Collections.synchronizedList(new ArrayList<>());
    List<String> later = Collections.synchronizedList(new ArrayList<>());
    Optional<TenantId> ours = Optional.of(tenant);
    List<EventStore.Subscription> open = new ArrayList<>();
    open.add(follow(store, new EventFilter(ours, Set.of("User"), Set.of()), users));
    for (int i = 0; i < 40; i++) {
      append(user("u" + i % 5), ANY, recorded("u" + i));
      append(new StorageKey(tenant, "Group", "g"), ANY, typed(EventType.DELETED, "g" + i));
      if (i == 10) {
        open.add(
            follow(store, new EventFilter(ours, Set.of(), Set.of(EventType.DELETED)), deletions));
      }
      if (i == 20) {
        open.add(follow(store, EventFilter.of(tenant), later));
      }
    }
    waitUntil(() -> users.size() >= 40 && deletions.size() >= 40 && later.size() >= 80);
    open.forEach(EventStore.Subscription::close);
    assertThat(users).isEqualTo(IntStream.range(0, 40).mapToObj(i -> "u" + i).toList());
    assertThat(deletions).isEqualTo(IntStream.range(0, 40).mapToObj(i -> "g" + i).toList());
    assertThat(later).isEqualTo(texts(all(EventFilter.of(tenant))));
  }

  private EventStore.Subscription follow(EventStore store, EventFilter filter, List<String> heard) {
    return store.subscribe(Position.START, filter, page -> heard.addAll(texts(page.events())));
  }

  @Test
  void subscriberThatIsSlowMissesNothingAndHoldsUpNobody() throws InterruptedException {
    EventStore store = store();
    List<Integer> slow = Collections.synchronizedList(new ArrayList<>());
    List<Integer> fast = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch go = new CountDownLatch(1);
    EventStore.Subscription first =
        store.subscribe(
            store.end(),
            EventFilter.of(tenant),
            page -> {
              uninterrupted(go);
              page.events().forEach(event -> slow.add(length(event)));
            });
    EventStore.Subscription second =
        store.subscribe(
            store.end(),
            EventFilter.of(tenant),
            page -> page.events().forEach(event -> fast.add(length(event))));
    List<Integer> lengths = IntStream.range(100_000, 100_030).boxed().toList();
    lengths.forEach(length -> append(user("u"), ANY, recorded("x".repeat(length))));
    waitUntil(() -> fast.size() >= lengths.size());
    assertThat(slow).isEmpty();
    go.countDown();
    waitUntil(() -> slow.size() >= lengths.size());
    first.close();
    second.close();
    assertThat(fast).isEqualTo(lengths);
    assertThat(slow).isEqualTo(lengths);
  }

  private static int length(Event event) {
    return texts(List.of(event)).get(0).length();
  }

  private static void uninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void subscriberHearsThatThereIsNothingAndHowFarThatGoes() {
    List<EventPage> heard = Collections.synchronizedList(new ArrayList<>());
    EventStore.Subscription subscription =
        store().subscribe(Position.START, EventFilter.of(tenant), heard::add);
    append(new StorageKey(new TenantId(tenant.value() + "x"), "User", "a"), ANY, recorded("1"));
    waitUntil(() -> heard.size() >= 2);
    subscription.close();
    assertThat(heard).allSatisfy(page -> assertThat(page.events()).isEmpty());
    append(user("a"), ANY, recorded("2"));
    waitUntil(() -> all(EventFilter.of(tenant)).size() == 1);
    Position next = heard.get(1).next();
    assertThat(next).isGreaterThan(Position.START);
    assertThat(texts(store().after(next, EventFilter.of(tenant), 10).events()))
        .containsExactly("2");
  }

  @Test
  void pageThatASubscriberFailsWithIsHandedOverAgain() {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger failures = new AtomicInteger(2);
    append(user("a"), ANY, recorded("1"));
    EventStore.Subscription subscription =
        store()
            .subscribe(
                Position.START,
                EventFilter.of(tenant),
                page -> {
                  if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("not now; this is meant to happen");
                  }
                  heard.addAll(texts(page.events()));
                });
    append(user("a"), ANY, recorded("2"));
    waitUntil(() -> heard.size() >= 2);
    subscription.close();
    assertThat(heard).containsExactly("1", "2");
  }

  @Test
  void writersAtOnceLeaveNoHoleAndNoReaderMissesAnything() throws InterruptedException {
    int writers = 8;
    int each = 40;
    ConcurrentLinkedQueue<Event> heard = new ConcurrentLinkedQueue<>();
    EventStore.Subscription subscription =
        store()
            .subscribe(Position.START, EventFilter.of(tenant), page -> heard.addAll(page.events()));
    CountDownLatch done = new CountDownLatch(writers);
    for (int writer = 0; writer < writers; writer++) {
      StorageKey stream = user("u" + writer % 3);
      new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  appendAtLast(stream);
                }
                done.countDown();
              })
          .start();
    }
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    waitUntil(() -> heard.size() >= writers * each);
    subscription.close();
    assertThat(heard).hasSize(writers * each);
    Map<StorageKey, Long> last = new HashMap<>();
    Position before = Position.START;
    for (Event event : heard) {
      assertThat(event.position()).isGreaterThan(before);
      before = event.position();
      assertThat(event.number()).isEqualTo(last.merge(event.stream(), 1L, Long::sum));
    }
  }

  private void appendAtLast(StorageKey stream) {
    while (true) {
      try {
        append(stream, ANY, recorded("x"));
        return;
      } catch (StorageException.Conflict e) {
        // another one was faster
      }
    }
  }

  @Test
  void streamsOfACollectionArePaged() {
    for (String id : List.of("b", "a", "é", "😀", "\uffee")) {
      append(user(id), ANY, recorded("1"), recorded("2"));
    }
    append(new StorageKey(tenant, "Group", "g"), ANY, recorded("1"));
    assertThat(store().streams(tenant, "User", Optional.empty(), 3))
        .containsExactly(user("a"), user("b"), user("é"));
    assertThat(store().streams(tenant, "User", Optional.of("é"), 3))
        .containsExactly(user("\uffee"), user("😀"));
    assertThat(store().streams(new TenantId(tenant.value() + "x"), "User", Optional.empty(), 3))
        .isEmpty();
  }

  @Test
  void tenantIsErasedInSteps() {
    TenantId other = new TenantId(tenant.value() + "x");
    append(new StorageKey(other, "User", "a"), ANY, recorded("1"));
    for (int i = 0; i < 10; i++) {
      append(user("u" + i), ANY, recorded("1"));
    }
    long erased = 0;
    for (long step = store().erase(tenant, 4); step > 0; step = store().erase(tenant, 4)) {
      erased += step;
    }
    assertThat(erased).isEqualTo(10);
    assertThat(all(EventFilter.of(tenant))).isEmpty();
    assertThat(all(EventFilter.of(other))).hasSize(1);
  }

  protected final StorageKey user(String id) {
    return new StorageKey(tenant, "User", id);
  }

  protected final List<Event> append(StorageKey stream, Expected expected, Recorded... events) {
    return store().append(List.of(new Append(stream, expected, List.of(events))));
  }

  protected final List<Event> all(EventFilter filter) {
    EventPage page = store().after(Position.START, filter, 1_000);
    List<Event> events = new ArrayList<>(page.events());
    while (!page.complete()) {
      page = store().after(page.next(), filter, 1_000);
      events.addAll(page.events());
    }
    return events;
  }

  protected static Recorded recorded(String text) {
    return typed(EventType.CREATED, text);
  }

  private static Recorded typed(EventType type, String text) {
    return Recorded.of(
        type,
        new Version(1),
        Instant.ofEpochMilli(1_000),
        Origin.of("tester"),
        JsonDocument.ofText("{\"text\":\"" + text + "\"}"));
  }

  protected static List<String> texts(List<Event> events) {
    return events.stream()
        .map(event -> event.recorded().content().orElseThrow().tree().get("text").asText())
        .toList();
  }

  private static List<Long> numbers(List<Event> events) {
    return events.stream().map(Event::number).toList();
  }

  protected static void waitUntil(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(end);
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static void assertConflict(Runnable action) {
    assertThatThrownBy(action::run).isInstanceOf(StorageException.Conflict.class);
  }
}
