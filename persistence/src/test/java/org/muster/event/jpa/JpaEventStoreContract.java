package org.muster.event.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.EventStoreContract;
import org.muster.event.Expected;
import org.muster.event.Position;
import org.muster.event.Sealing;
import org.muster.event.StreamRead;
import org.muster.storage.jpa.TestDatabase;

/** What a store in the database does besides: transactions, however long they take. */
abstract class JpaEventStoreContract extends EventStoreContract {
  private static final Expected ANY = new Expected.Any();

  abstract TestDatabase database();

  @Override
  protected EventStore store() {
    return new TransactionPerAppend(database().events(Sealing.NONE), database());
  }

  @Test
  void whatIsRolledBackNeverWas() {
    EventStore inner = database().events(Sealing.NONE);
    assertThatThrownBy(
            () ->
                database()
                    .inTransaction(
                        () -> {
                          inner.append(one("a", "x"));
                          assertThat(inner.read(StreamRead.forward(user("a"), 1, 10))).hasSize(1);
                          throw new IllegalStateException("meant");
                        }))
        .hasMessage("meant");
    assertThat(store().read(StreamRead.forward(user("a"), 1, 10))).isEmpty();
    append(user("a"), new Expected.None(), recorded("1"));
    assertThat(all(EventFilter.of(tenant))).hasSize(1);
  }

  /**
   * Transactions of random length, some of which are rolled back, while a reader goes on as soon as
   * it gets something. What it got must be all, in order.
   */
  @Test
  void nothingAppearsBelowWhatWasReadHoweverLateItIsCommitted() throws InterruptedException {
    int writers = 6;
    EventStore inner = database().events(Sealing.NONE);
    ConcurrentLinkedQueue<UUID> committed = new ConcurrentLinkedQueue<>();
    CountDownLatch done = new CountDownLatch(writers);
    for (int writer = 0; writer < writers; writer++) {
      Random random = new Random(writer);
      String id = "w" + writer;
      new Thread(
              () -> {
                for (int i = 0; i < 30; i++) {
                  write(inner, random, id, committed);
                }
                done.countDown();
              })
          .start();
    }
    List<Event> read = new ArrayList<>();
    Position position = Position.START;
    while (done.getCount() > 0) {
      EventPage page = inner.after(position, EventFilter.of(tenant), 5);
      read.addAll(page.events());
      assertThat(page.next()).isGreaterThanOrEqualTo(position);
      position = page.next();
    }
    waitUntil(() -> all(EventFilter.of(tenant)).size() == committed.size());
    read.addAll(inner.after(position, EventFilter.of(tenant), 1_000).events());
    assertThat(read).isEqualTo(all(EventFilter.of(tenant)));
    Set<UUID> ids = new HashSet<>();
    read.forEach(event -> ids.add(event.recorded().id()));
    assertThat(ids).isEqualTo(new HashSet<>(committed)).hasSizeGreaterThan(100);
  }

  private void write(
      EventStore inner, Random random, String id, ConcurrentLinkedQueue<UUID> committed) {
    try {
      List<Event> appended =
          database()
              .inTransaction(
                  () -> {
                    List<Event> events = inner.append(one(id, "x"));
                    pause(random.nextInt(6));
                    if (random.nextInt(5) == 0) {
                      throw new IllegalStateException("rolled back");
                    }
                    return events;
                  });
      committed.add(appended.get(0).recorded().id());
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("rolled back");
    }
    pause(random.nextInt(3));
  }

  final List<Append> one(String id, String text) {
    return List.of(new Append(user(id), ANY, List.of(recorded(text))));
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pageOfLongEventsIsShortAndNothingIsLeftOut() {
    String text = "x".repeat(1 << 20);
    for (int i = 0; i < 40; i++) {
      append(user("long" + i), ANY, recorded(text + i));
    }
    List<Event> walked = new ArrayList<>();
    EventPage page;
    Position position = Position.START;
    do {
      page = store().after(position, EventFilter.of(tenant), 1_000);
      assertThat(page.events()).hasSizeLessThan(20);
      walked.addAll(page.events());
      position = page.next();
    } while (!page.complete());
    assertThat(walked).hasSize(40);
    assertThat(walked).extracting(Event::position).isSorted();
  }

  @Test
  void whatIsDrawnIsBehindWhatIsNotCommitted() {
    EventStore inner = database().events(Sealing.NONE);
    Position written =
        database()
            .inTransaction(
                () -> {
                  Position position = inner.append(one("a", "x")).get(0).position();
                  assertThat(inner.drawn()).isGreaterThanOrEqualTo(position);
                  return position;
                });
    assertThat(store().end()).isGreaterThanOrEqualTo(written);
  }
}
