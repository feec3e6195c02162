package org.muster.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.muster.event.Append;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.event.memory.MemoryEventStore;
import org.muster.event.memory.MemorySubjectKeys;
import org.muster.event.seal.KeyedSealing;
import org.muster.feed.Feed;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.receiver.Kind;
import org.muster.receiver.Note;
import org.muster.receiver.Progress;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.ReceiverSettings;
import org.muster.receiver.memory.MemoryDeliveryLog;
import org.muster.receiver.memory.MemoryReceivers;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/** Events, receivers and a transport, all in the heap, and a clock that is set. */
final class World {
  static final TenantId TENANT = new TenantId("acme");
  static final String NODE = "node";
  static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");

  final MemorySubjectKeys keys = new MemorySubjectKeys();
  final MemoryEventStore events = new MemoryEventStore(World::start, new KeyedSealing(keys, true));
  final MemoryReceivers receivers = new MemoryReceivers();
  final MemoryDeliveryLog log = new MemoryDeliveryLog(receivers);
  final ProgrammedTransport transport = new ProgrammedTransport();
  final SetClock clock = new SetClock();
  DeliverySettings settings = settings(4, 10_000);
  Writes writes = Runnable::run;
  private final AtomicLong version = new AtomicLong();

  /** A clock that is set. */
  static final class SetClock extends Clock {
    volatile Instant now = BEGIN;

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  static DeliverySettings settings(int parallel, int notes) {
    return new DeliverySettings(
        4,
        parallel,
        Duration.ofSeconds(2),
        Duration.ofHours(24),
        50,
        5,
        notes,
        new Backoff(Duration.ofSeconds(1), Duration.ofHours(1), new Random(1)),
        new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), new Random(1)));
  }

  static void start(Runnable runnable) {
    Thread thread = new Thread(runnable);
    thread.setDaemon(true);
    thread.start();
  }

  Turn turn(Receiver receiver) {
    log.claim(NODE, clock.now, clock.now.plus(Duration.ofDays(365)), 100);
    return new Turn(
        receiver.id(),
        new Turn.Delivering(
            NODE,
            events,
            new Feed(events),
            log,
            change -> writes.write(change),
            new Transports(List.of(transport)),
            settings,
            Meter.NONE,
            clock));
  }

  void tell(String id) {
    tell(TENANT, "User", id, EventType.PATCHED);
  }

  void tell(TenantId tenant, String collection, String id, EventType type) {
    events.append(
        List.of(
            new Append(
                new StorageKey(tenant, collection, id),
                new Expected.Any(),
                List.of(
                    Recorded.of(
                        type,
                        new Version(version.incrementAndGet()),
                        clock.now,
                        Origin.of("admin"),
                        JsonDocument.ofText("{\"document\":{\"userName\":\"" + id + "\"}}"))))));
  }

  Receiver receiver(String id) {
    return receiver(TENANT, id, Set.of(), Set.of());
  }

  Receiver receiver(TenantId tenant, String id, Set<String> collections, Set<EventType> types) {
    return receivers.add(
        new Receiver(
            new ReceiverId(tenant, id),
            Kind.WEBHOOK,
            Receiver.State.ENABLED,
            new ReceiverSettings(
                Optional.empty(),
                collections,
                types,
                ReceiverSettings.Content.FULL,
                Optional.empty(),
                JsonDocument.ofText("{}")),
            List.of(),
            new Version(1),
            clock.now,
            clock.now),
        Position.START);
  }

  Progress progress(Receiver receiver) {
    return log.find(receiver.id()).orElseThrow();
  }

  List<Note> dead(Receiver receiver) {
    return log.page(receiver.id(), 0, 1_000);
  }
}
