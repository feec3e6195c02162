package org.muster.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.muster.event.Event;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.StreamRead;
import org.muster.feed.Feed;
import org.muster.receiver.Counts;
import org.muster.receiver.DeliveryLog;
import org.muster.receiver.Note;
import org.muster.receiver.Progress;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.Settlement;
import org.muster.storage.StorageKey;

/**
 * One turn of delivering to one receiver: what is due of the notes and the next page of events are
 * sent, then what came of it is kept in one transaction. For one thread at a time.
 */
final class Turn {
  private static final int DUE_STREAMS = 20;
  private static final int DUE_NOTES = 200;

  /** After which a turn begins to send nothing more, so that others have the thread. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final ReceiverId id;
  private final Delivering delivering;

  /** Read up to here, behind {@code readFrom}, and nothing was wanted in between. */
  private Position readTo = Position.START;

  private Optional<Position> readFrom = Optional.empty();
  private int pageSize = Pace.MOST;
  private Optional<Counts> counts = Optional.empty();

  /** How often events were refused while the receiver stayed before them. */
  private Map<Position, Integer> refused = Map.of();

  /** What all turns of a node share. */
  record Delivering(
      String node,
      EventStore events,
      Feed feed,
      DeliveryLog log,
      Writes writes,
      Transports transports,
      DeliverySettings settings,
      Meter meter,
      Clock clock) {}

  /**
   * What is to be done after a turn.
   *
   * @param again when the next one is due; empty for when there is news
   * @param behind the time of the oldest event that is known and not delivered, if there is one
   */
  record Next(Optional<Instant> again, Optional<Instant> behind) {
    static final Next IDLE = new Next(Optional.empty(), Optional.empty());
  }

  Turn(ReceiverId id, Delivering delivering) {
    this.id = id;
    this.delivering = delivering;
  }

  /** Runs a turn. */
  Next run(BooleanSupplier mayGoOn) throws InterruptedException {
    Progress progress = delivering.log().find(id).orElse(null);
    if (progress == null || !progress.receiver().isEnabled()) {
      return Next.IDLE;
    }
    Transport transport = delivering.transports().of(progress.receiver().kind()).orElse(null);
    Instant now = delivering.clock().instant();
    if (transport == null) {
      return Next.IDLE;
    }
    if (progress.next().map(now::isBefore).orElse(false)) {
      return new Next(progress.next(), Optional.empty());
    }
    if (!readFrom.equals(Optional.of(progress.position()))) {
      readFrom = Optional.of(progress.position());
      readTo = progress.position();
      refused = Map.of();
    }
    return turn(progress, transport, mayGoOn);
  }

  private Next turn(Progress progress, Transport transport, BooleanSupplier mayGoOn)
      throws InterruptedException {
    Instant begin = delivering.clock().instant();
    List<Note> due = delivering.log().due(id, begin, DUE_STREAMS, DUE_NOTES);
    EventPage page = page(progress.receiver());
    Set<StorageKey> noted = noted(page);
    List<Event> queued = page.events().stream().filter(e -> noted.contains(e.stream())).toList();
    List<Chain> chains = new ArrayList<>(chainsOf(page, noted));
    Collections.rotate(chains, -progress.attempts() * delivering.settings().parallel());
    List<Note> lost = new ArrayList<>();
    chains.addAll(0, chainsOf(due, lost));
    Instant end = begin.plus(LONGEST);
    Sending sending =
        new Sending(
            transport,
            progress.receiver(),
            chains,
            delivering.settings().parallel(),
            delivering.meter(),
            () -> mayGoOn.getAsBoolean() && delivering.clock().instant().isBefore(end));
    sending.run();
    Instant now = delivering.clock().instant();
    pageSize = Pace.next(pageSize, begin, now);
    Judgement judgement = new Judgement(delivering.settings(), progress, refused, now);
    Settlement settlement =
        judgement.of(chains, queued, sending.isOver(), sending.isGone(), page.next());
    refused = judgement.refused();
    if (!page.events().isEmpty() || !due.isEmpty()) {
      keep(settlement, lost);
    } else {
      readTo = page.next();
    }
    return next(page, due, settlement);
  }

  private EventPage page(Receiver receiver) {
    if (isFull()) {
      return new EventPage(List.of(), readTo, true);
    }
    return delivering.feed().page(readTo, Feed.filter(receiver), pageSize);
  }

  private boolean isFull() {
    Counts known = counts.orElseGet(() -> delivering.log().counts(id));
    if (known.held() + known.dead() > 0) {
      known = delivering.log().counts(id);
    }
    counts = Optional.of(known);
    return known.held() + known.dead() >= delivering.settings().notes();
  }

  private Set<StorageKey> noted(EventPage page) {
    Set<StorageKey> streams = new HashSet<>();
    page.events().forEach(event -> streams.add(event.stream()));
    return delivering.log().noted(id, streams);
  }

  private static List<Chain> chainsOf(EventPage page, Set<StorageKey> noted) {
    Map<StorageKey, List<Chain.Link>> links = new LinkedHashMap<>();
    for (Event event : page.events()) {
      if (!noted.contains(event.stream())) {
        links
            .computeIfAbsent(event.stream(), stream -> new ArrayList<>())
            .add(new Chain.Link(event, Optional.empty()));
      }
    }
    return links.entrySet().stream().map(e -> new Chain(e.getKey(), e.getValue())).toList();
  }

  /**
   * The chains of what is due; the events are read now, so that what was erased meanwhile is told
   * as erased.
   *
   * @param lost gets the notes whose events are not there any more
   */
  private List<Chain> chainsOf(List<Note> due, List<Note> lost) {
    Map<StorageKey, List<Note>> byStream = new LinkedHashMap<>();
    due.forEach(n -> byStream.computeIfAbsent(n.stream(), s -> new ArrayList<>()).add(n));
    List<Chain> chains = new ArrayList<>();
    byStream.forEach(
        (stream, notes) -> {
          List<Chain.Link> links = new ArrayList<>();
          long end = notes.get(0).number() + DUE_NOTES;
          List<Note> near = notes.stream().filter(note -> note.number() < end).toList();
          Map<Long, Event> events = events(stream, near);
          for (Note note : near) {
            Event event = events.get(note.number());
            if (event == null) {
              lost.add(note);
            } else {
              links.add(new Chain.Link(event, Optional.of(note)));
            }
          }
          if (!links.isEmpty()) {
            chains.add(new Chain(stream, links));
          }
        });
    return chains;
  }

  private Map<Long, Event> events(StorageKey stream, List<Note> notes) {
    long first = notes.get(0).number();
    long last = notes.get(notes.size() - 1).number();
    int span = (int) (last - first + 1);
    Map<Long, Event> events = new LinkedHashMap<>();
    for (Event event : delivering.events().read(StreamRead.forward(stream, first, span))) {
      events.put(event.number(), event);
    }
    return events;
  }

  private void keep(Settlement settlement, List<Note> lost) {
    List<Note> done = new ArrayList<>(settlement.done());
    done.addAll(lost);
    Settlement whole =
        new Settlement(
            settlement.from(),
            settlement.to(),
            settlement.attempts(),
            settlement.next(),
            settlement.delivered(),
            settlement.failed(),
            settlement.failure(),
            settlement.noted(),
            done,
            settlement.changed(),
            settlement.isOver(),
            settlement.time());
    delivering.writes().write(() -> delivering.log().settle(id, delivering.node(), whole));
    if (!whole.to().equals(whole.from())) {
      readFrom = Optional.of(whole.to());
      readTo = whole.to();
    }
    counts = Optional.empty();
  }

  private Next next(EventPage page, List<Note> due, Settlement settlement) {
    if (settlement.isOver()) {
      return Next.IDLE;
    }
    boolean stays = settlement.to().equals(settlement.from());
    Optional<Instant> behind =
        page.events().isEmpty() || !stays
            ? Optional.empty()
            : Optional.of(page.events().get(0).recorded().time());
    if (settlement.next().isPresent()) {
      return new Next(settlement.next(), behind);
    }
    if (!page.complete() || !due.isEmpty()) {
      return new Next(Optional.of(settlement.time()), behind);
    }
    return new Next(delivering.log().counts(id).next(), behind);
  }
}
