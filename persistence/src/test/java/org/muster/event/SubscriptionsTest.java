package org.muster.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.event.memory.MemoryEventStore;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** How often a store is read for those who follow it, and what becomes of them when it fails. */
@Timeout(60)
class SubscriptionsTest {
  private final AtomicInteger threads = new AtomicInteger();
  private final Counted store = new Counted();
  private final Subscriptions subscriptions = new Subscriptions(this::start, Duration.ofMillis(20));

  @Test
  void manySubscribersAreOneReader() throws InterruptedException {
    List<ConcurrentLinkedQueue<Event>> heard = new ArrayList<>();
    List<EventStore.Subscription> open = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ConcurrentLinkedQueue<Event> own = new ConcurrentLinkedQueue<>();
      heard.add(own);
      open.add(start(page -> own.addAll(page.events())));
    }
    TimeUnit.MILLISECONDS.sleep(500);
    store.reads.set(0);
    for (int i = 0; i < 20; i++) {
      store.append(List.of(one("u" + i)));
      TimeUnit.MILLISECONDS.sleep(10);
    }
    EventStoreContract.waitUntil(() -> heard.stream().allMatch(own -> own.size() == 20));
    assertThat(store.reads).hasValueLessThan(100);
    open.forEach(EventStore.Subscription::close);
    EventStoreContract.waitUntil(() -> threads.get() == 0);
    assertThat(subscriptions.isEmpty()).isTrue();
  }

  @Test
  void eventsThatTheWatchCouldNotReadAreReadByThoseWhoWantThem() {
    ConcurrentLinkedQueue<Event> heard = new ConcurrentLinkedQueue<>();
    EventStore.Subscription subscription = start(page -> heard.addAll(page.events()));
    store.append(List.of(one("a")));
    EventStoreContract.waitUntil(() -> heard.size() == 1);
    store.fails.set(true);
    store.append(List.of(one("b")));
    EventStoreContract.waitUntil(() -> heard.size() == 2);
    store.fails.set(false);
    store.append(List.of(one("c")));
    EventStoreContract.waitUntil(() -> heard.size() == 3);
    subscription.close();
    assertThat(heard).extracting(event -> event.stream().id()).containsExactly("a", "b", "c");
  }

  @Test
  void whoComesAfterAllHaveGoneIsServed() {
    for (int i = 1; i <= 3; i++) {
      ConcurrentLinkedQueue<Event> heard = new ConcurrentLinkedQueue<>();
      EventStore.Subscription subscription = start(page -> heard.addAll(page.events()));
      store.append(List.of(one("u" + i)));
      int expected = i;
      EventStoreContract.waitUntil(() -> heard.size() == expected);
      subscription.close();
    }
    EventStoreContract.waitUntil(() -> threads.get() == 0);
  }

  private EventStore.Subscription start(Consumer<EventPage> subscriber) {
    return subscriptions.start(store, Position.START, EventFilter.of(TenantId.DEFAULT), subscriber);
  }

  private void start(Runnable runnable) {
    threads.incrementAndGet();
    Thread thread =
        new Thread(
            () -> {
              try {
                runnable.run();
              } finally {
                threads.decrementAndGet();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static Append one(String id) {
    Recorded recorded =
        Recorded.of(
            EventType.CREATED,
            new Version(1),
            Instant.ofEpochMilli(1),
            Origin.of("tester"),
            JsonDocument.ofText("{}"));
    return new Append(
        new StorageKey(TenantId.DEFAULT, "User", id), new Expected.Any(), List.of(recorded));
  }

  /** Counts what is read; fails, if told, for who reads all tenants. */
  private static final class Counted implements EventStore {
    private final EventStore delegate = new MemoryEventStore(Runnable::run, Sealing.NONE);
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicBoolean fails = new AtomicBoolean();

    @Override
    public EventPage after(Position position, EventFilter filter, int limit) {
      reads.incrementAndGet();
      if (fails.get() && filter.equals(EventFilter.ALL)) {
        throw new StorageException.Corrupt("this is meant to happen");
      }
      return delegate.after(position, filter, limit);
    }

    @Override
    public List<Event> append(List<Append> appends) {
      return delegate.append(appends);
    }

    @Override
    public List<Event> read(StreamRead read) {
      return delegate.read(read);
    }

    @Override
    public Position end() {
      return delegate.end();
    }

    @Override
    public Subscription subscribe(
        Position after, EventFilter filter, Consumer<EventPage> subscriber) {
      return delegate.subscribe(after, filter, subscriber);
    }

    @Override
    public List<StorageKey> streams(
        TenantId tenant, String collection, Optional<String> afterId, int limit) {
      return delegate.streams(tenant, collection, afterId, limit);
    }

    @Override
    public long erase(TenantId tenant, int most) {
      return delegate.erase(tenant, most);
    }
  }
}
