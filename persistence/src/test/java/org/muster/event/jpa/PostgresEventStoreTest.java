package org.muster.event.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Expected;
import org.muster.event.Position;
import org.muster.event.Sealing;
import org.muster.event.projection.BatchPages;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept in PostgreSQL. */
class PostgresEventStoreTest extends JpaEventStoreContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  TestDatabase database() {
    return TestDatabase.postgres().orElseThrow();
  }

  /** The one that began first commits last. */
  @Test
  void laterTransactionWaitsForTheOlderOne() throws InterruptedException {
    EventStore inner = database().events(Sealing.NONE);
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Thread slow =
        new Thread(
            () ->
                database()
                    .inTransaction(
                        () -> {
                          inner.append(one("slow", "first"));
                          written.countDown();
                          await(go);
                          return true;
                        }));
    slow.start();
    await(written);
    append(user("fast"), new Expected.Any(), recorded("second"));
    assertThat(inner.after(Position.START, EventFilter.of(tenant), 10).events()).isEmpty();
    Position end = inner.end();
    go.countDown();
    slow.join();
    waitUntil(() -> inner.after(end, EventFilter.of(tenant), 10).events().size() == 2);
    assertThat(texts(inner.after(end, EventFilter.of(tenant), 10).events()))
        .containsExactly("first", "second");
  }

  /** A transaction that began before another one may change a document after it. */
  @Test
  void eventsOfADocumentAreInTheOrderOfItsChanges() throws InterruptedException {
    EventStore inner = database().events(Sealing.NONE);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Thread early =
        new Thread(
            () ->
                database()
                    .inTransaction(
                        () -> {
                          inner.append(one("other", "first"));
                          begun.countDown();
                          await(go);
                          return inner.append(one("same", "third"));
                        }));
    early.start();
    await(begun);
    append(user("same"), new Expected.Any(), recorded("second"));
    go.countDown();
    early.join();
    waitUntil(() -> all(EventFilter.of(tenant)).size() == 3);
    assertThat(texts(all(EventFilter.of(tenant)))).containsExactly("first", "second", "third");
  }

  /** Whoever writes something else, for however long, holds nobody up. */
  @Test
  void transactionsWithoutEventsHoldNobodyUp() {
    EventStore inner = database().events(Sealing.NONE);
    database()
        .inTransaction(
            () -> {
              database()
                  .entities()
                  .createNativeQuery("select cast(pg_current_xact_id() as text)")
                  .getSingleResult();
              Thread other = new Thread(() -> append(user("a"), new Expected.Any(), recorded("1")));
              other.start();
              try {
                other.join();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              assertThat(inner.after(Position.START, EventFilter.of(tenant), 10).events())
                  .hasSize(1);
              return true;
            });
  }

  /** A call goes through a bounded range, and says how far it has come. */
  @Test
  void wantedFewAreFoundInSeveralCalls() {
    EventStore inner = database().events(Sealing.NONE);
    append(user("a"), new Expected.Any(), recorded("near"));
    Position near =
        inner.after(Position.START, EventFilter.of(tenant), 1).events().get(0).position();
    long last = database().count("select last_value from event_no");
    database().count("select setval('event_no', " + (last + 10_000_000) + ")");
    try {
      append(user("b"), new Expected.Any(), recorded("far"));
      EventPage first = inner.after(near, EventFilter.of(tenant), 10);
      assertThat(first.events()).isEmpty();
      assertThat(first.complete()).isFalse();
      assertThat(first.next()).isGreaterThan(near);
      EventPage whole = new BatchPages(inner).after(near, EventFilter.of(tenant), 10);
      assertThat(whole.events()).isEmpty();
      assertThat(whole.complete()).isFalse();
      List<Event> found = new ArrayList<>();
      EventPage page = first;
      for (int calls = 0; !page.complete(); calls++) {
        assertThat(calls).isLessThan(5);
        page = inner.after(page.next(), EventFilter.of(tenant), 10);
        found.addAll(page.events());
      }
      assertThat(texts(found)).containsExactly("far");
    } finally {
      database().execute("delete from event where no > " + last);
      database().count("select setval('event_no', " + last + ")");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
