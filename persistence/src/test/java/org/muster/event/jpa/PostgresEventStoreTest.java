package org.muster.event.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.muster.event.EventFilter;
import org.muster.event.EventStore;
import org.muster.event.Expected;
import org.muster.event.Position;
import org.muster.event.Sealing;
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

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
