package org.muster.storage.behind;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.muster.event.Event;
import org.muster.event.Sealing;
import org.muster.event.StreamRead;
import org.muster.event.memory.MemoryEventStore;
import org.muster.event.projection.Unit;
import org.muster.kernel.Origin;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.monitor.Calls;
import org.muster.sql.Transactions;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.People;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.cached.CachedStorage;
import org.muster.storage.cached.TestCache;
import org.muster.storage.journal.JournaledStorage;
import org.muster.storage.memory.MemoryStorage;

/** A store in the heap with its events, and nodes that are behind it, one after the other. */
final class Installation {
  static final TenantId TENANT = new TenantId("acme");
  static final BehindSettings SETTINGS =
      new BehindSettings(
          Set.of("Device"), Duration.ofMillis(20), 1_000, 1 << 24, Duration.ofSeconds(20));

  final MemoryStorage documents;
  final MemoryEventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);

  /** What another node writes to. */
  final StorageProvider store;

  private final Path folder;
  private UnaryOperator<StorageProvider> between = storage -> storage;
  volatile boolean served = true;

  Installation(Path folder) {
    this(folder, Clock.systemUTC(), true);
  }

  /**
   * Makes one.
   *
   * @param isJournaled whether there are events
   */
  Installation(Path folder, Clock clock, boolean isJournaled) {
    this.folder = folder;
    this.documents = new MemoryStorage(clock);
    this.store = isJournaled ? new JournaledStorage(documents, events) : documents;
  }

  /** Puts something between the node and the store. */
  Installation through(UnaryOperator<StorageProvider> other) {
    between = other;
    return this;
  }

  Node node() {
    return node(SETTINGS);
  }

  /** A node that does not write yet what is pending. */
  Node node(BehindSettings settings) {
    StorageProvider cached =
        new CachedStorage(
            between.apply(store),
            TestCache.heap(),
            CachedStorage.Mode.WRITE_THROUGH,
            Transactions.NONE,
            () -> 0);
    Behind behind =
        new Behind(
            folder,
            settings,
            new Behind.Surroundings(
                cached,
                Unit.NONE,
                documents::reserve,
                events,
                (tenant, time) -> served,
                Calls.UNWATCHED,
                Clock.systemUTC()));
    return new Node(behind, new BehindStorage(cached, Transactions.NONE, behind));
  }

  /** A node. */
  record Node(Behind behind, StorageProvider storage) implements AutoCloseable {
    Node start() {
      behind.start(Units::thread);
      return this;
    }

    /** Waits until nothing is pending. */
    void settle() {
      await(() -> behind.figures().entries() == 0);
    }

    Applied put(String id, String name, Precondition expected) {
      Batch batch = Batch.put(People.put(device(id), json(name)), expected);
      return storage.apply(batch.from(Origin.of("ann")));
    }

    Applied put(String id, String name) {
      return put(id, name, new Precondition.Any());
    }

    Optional<Stored> get(String id) {
      return storage.get(device(id), List.of());
    }

    @Override
    public void close() {
      behind.stop();
    }
  }

  static StorageKey device(String id) {
    return new StorageKey(TENANT, "Device", id);
  }

  static String json(String name) {
    return "{'userName':'" + name + "'}";
  }

  /** A write that creates a document. */
  static PendingWrite creation(StorageKey key, Version version, Instant time) {
    Stored stored = new Stored(key, version, time, time, "", People.document(json("a")), List.of());
    return new PendingWrite(
        People.put(key, json("a")), Optional.empty(), stored, Origin.of("ann"), false);
  }

  Optional<Stored> inStore(String id) {
    return documents.get(device(id), List.of());
  }

  List<Event> events(String id) {
    List<Event> all = new ArrayList<>();
    List<Event> page;
    long next = 1;
    do {
      page = events.read(StreamRead.forward(device(id), next, StreamRead.MOST));
      all.addAll(page);
      next += page.size();
    } while (page.size() == StreamRead.MOST);
    return all;
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
