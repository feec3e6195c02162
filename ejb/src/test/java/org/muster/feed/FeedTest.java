package org.muster.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryEventStore;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.receiver.Kind;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.ReceiverSettings;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/** Pages of the feed: their bounds, and what is left out. */
class FeedTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final EventFilter ALL = Feed.filter(TENANT, Set.of(), Set.of());
  private final EventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);
  private final Feed feed = new Feed(events);

  @Test
  void pageHasAsManyEventsAsAskedForAndSaysWhereToGoOn() {
    for (int i = 0; i < 250; i++) {
      append(EventType.CREATED, 10);
    }
    EventPage first = feed.page(Position.START, ALL, 100);
    assertThat(first.events()).hasSize(100);
    assertThat(first.complete()).isFalse();
    EventPage rest = feed.page(first.next(), ALL, 1_000);
    assertThat(rest.events()).hasSize(150);
    assertThat(rest.complete()).isTrue();
    assertThat(feed.page(rest.next(), ALL, 1).events()).isEmpty();
    assertThat(feed.page(Position.START, ALL, 1).events()).hasSize(1);
  }

  @Test
  void longContentsMakeShortPagesThatLeaveNothingOut() {
    for (int i = 0; i < 60; i++) {
      append(EventType.CREATED, 500_000);
    }
    List<Event> walked = new ArrayList<>();
    EventPage page = feed.page(Position.START, ALL, 1_000);
    while (!page.complete()) {
      assertThat(page.events()).hasSizeBetween(1, 20);
      walked.addAll(page.events());
      page = feed.page(page.next(), ALL, 1_000);
    }
    walked.addAll(page.events());
    assertThat(walked).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void whatNobodyCouldHaveNoticedHasToBeAskedFor() {
    append(EventType.CREATED, 1);
    append(EventType.REINDEXED, 1);
    assertThat(feed.page(Position.START, ALL, 10).events())
        .extracting(Event::type)
        .containsExactly(EventType.CREATED);
    EventFilter asked = Feed.filter(TENANT, Set.of(), Set.of(EventType.REINDEXED));
    assertThat(feed.page(Position.START, asked, 10).events())
        .extracting(Event::type)
        .containsExactly(EventType.REINDEXED);
  }

  @Test
  void pageBehindTheEndHasWhatComesLater() {
    append(EventType.CREATED, 1);
    Position end = feed.end();
    append(EventType.DELETED, 1);
    assertThat(feed.page(end, ALL, 10).events())
        .extracting(Event::type)
        .containsExactly(EventType.DELETED);
  }

  private void append(EventType type, int length) {
    Recorded recorded =
        Recorded.of(
            type,
            new Version(1),
            Instant.EPOCH,
            Origin.SYSTEM,
            JsonDocument.ofText("{\"text\":\"" + "x".repeat(length) + "\"}"));
    StorageKey stream = new StorageKey(TENANT, "User", "a");
    events.append(List.of(new Append(stream, new Expected.Any(), List.of(recorded))));
  }

  @Test
  void receiverOfTokensHearsOfAsynchronousRequestsUnlessItWantsLess() {
    assertThat(Feed.filter(receiver(Kind.SET_PUSH, Set.of())).types())
        .contains(EventType.CREATED, EventType.ASYNC_RESPONDED)
        .doesNotContain(EventType.REINDEXED);
    assertThat(Feed.filter(receiver(Kind.WEBHOOK, Set.of())).types())
        .isEqualTo(ALL.types())
        .doesNotContain(EventType.ASYNC_RESPONDED);
    assertThat(Feed.filter(receiver(Kind.SET_POLL, Set.of(EventType.DELETED))).types())
        .containsExactly(EventType.DELETED);
  }

  private static Receiver receiver(Kind kind, Set<EventType> types) {
    return new Receiver(
        new ReceiverId(TENANT, "r"),
        kind,
        Receiver.State.ENABLED,
        new ReceiverSettings(
            Optional.empty(),
            Set.of(),
            types,
            ReceiverSettings.Content.FULL,
            Optional.empty(),
            JsonDocument.ofText("{}")),
        List.of(),
        new Version(1),
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
