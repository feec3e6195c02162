package org.muster.event.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.Projection;

/** The projections of this node: runs them, and says how they are. Thread-safe. */
public final class Projections implements AutoCloseable {
  private final EventStore events;
  private final Clock clock;
  private final SharedPages pages;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * A projection, and what is needed to run it.
   *
   * @param progress where it is kept how far it is
   * @param transactions in which it and its progress are changed
   * @param interval after which it is looked for more events, if nobody tells of them; the longer,
   *     the more events are one page, and the less a page costs for each
   * @param rest how long to wait before it is kept that there was nothing to do up to a position
   * @param verifier holds it against the events, if that is known
   */
  public record Registered(
      Projection projection,
      ProjectionProgress progress,
      Unit transactions,
      Duration interval,
      Duration rest,
      Optional<Verifier> verifier) {}

  private record Entry(Registered registered, ProjectionRun run) {}

  /**
   * Projections that are not run yet.
   *
   * @throws IllegalStateException if two have the same name
   */
  public Projections(EventStore events, Collection<Registered> all, Clock clock) {
    this.events = events;
    this.clock = clock;
    this.pages = new SharedPages(events);
    for (Registered each : all) {
      Steps steps = new Steps(each, events, pages, clock);
      Entry entry = new Entry(each, new ProjectionRun(each.projection(), steps, each.interval()));
      if (entries.putIfAbsent(each.projection().name(), entry) != null) {
        throw new IllegalStateException(
            "Two projections have the name " + each.projection().name());
      }
    }
  }

  /** Runs them, each on a thread; one more reads ahead now and then. */
  public void start(Executor threads) {
    pages.readAhead(threads);
    entries.values().forEach(entry -> threads.execute(entry.run()));
  }

  /** Ends them after the steps that they are at. */
  @Override
  public void close() {
    entries.values().forEach(entry -> entry.run().close());
  }

  /** Says that there are new events. */
  public void wake() {
    entries.values().forEach(entry -> entry.run().wake());
  }

  /** The names. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** How all are. */
  public List<ProjectionStatus> all() {
    return entries.values().stream().map(entry -> status(entry.registered())).toList();
  }

  /** How one is; empty if there is none of that name. */
  public Optional<ProjectionStatus> find(String name) {
    return Optional.ofNullable(entries.get(name)).map(entry -> status(entry.registered()));
  }

  /** How often one has failed on this node. */
  public long failures(String name) {
    Entry entry = entries.get(name);
    return entry == null ? 0 : entry.run().failures();
  }

  /** What a command has done. */
  public enum Outcome {
    /** It is done. */
    DONE,
    /** There is no projection of that name. */
    UNKNOWN,
    /** It is being made anew, which has to end first. */
    BUSY,
    /** It is kept up to date by who writes, and can't be stopped. */
    INSEPARABLE
  }

  /** Stops a projection until it is resumed; stopping what is stopped changes nothing. */
  public Outcome pause(String name) {
    return change(name, Phase.RUNNING, Phase.PAUSED);
  }

  /**
   * Lets a projection go on; one that runs is left alone. If it is one that is made anew beside the
   * old, the new one is given up.
   */
  public Outcome resume(String name) {
    Entry entry = entries.get(name);
    if (entry != null && entry.registered().projection() instanceof Beside) {
      return command(
          entry, now -> Optional.of(now.phase().isRebuild() ? Phase.RETIRING : now.phase()));
    }
    return change(name, Phase.PAUSED, Phase.RUNNING);
  }

  private Outcome change(String name, Phase from, Phase to) {
    Entry entry = entries.get(name);
    if (entry == null) {
      return Outcome.UNKNOWN;
    }
    if (entry.registered().projection() instanceof Beside) {
      return Outcome.INSEPARABLE;
    }
    return command(
        entry, now -> Optional.of(to).filter(phase -> now.phase() == from || now.phase() == to));
  }

  /** Makes a projection anew of all events, while what there is of it is used where it can be. */
  public Outcome rebuild(String name) {
    Entry entry = entries.get(name);
    return entry == null
        ? Outcome.UNKNOWN
        : command(
            entry,
            now ->
                Optional.of(Phase.CLEARING)
                    .filter(phase -> now.phase() == Phase.RUNNING || now.phase() == Phase.PAUSED));
  }

  /** What is to become of a projection; empty if it has to be left alone for now. */
  private interface Wish {
    Optional<Phase> of(Progress now);
  }

  private Outcome command(Entry entry, Wish wish) {
    Registered registered = entry.registered();
    Position end = events.end();
    Outcome outcome =
        registered
            .transactions()
            .run(
                () -> {
                  Instant time = clock.instant();
                  Progress now =
                      registered
                          .progress()
                          .take(registered.projection().name(), true, time)
                          .orElseThrow();
                  Optional<Phase> phase = wish.of(now);
                  if (phase.isPresent() && phase.get() != now.phase()) {
                    registered.progress().save(now.in(phase.get(), end, time));
                  }
                  return phase.isPresent() ? Outcome.DONE : Outcome.BUSY;
                });
    entry.run().wake();
    return outcome;
  }

  /** Holds a projection against the events; empty if there is none of that name, or it can't be. */
  public Optional<Verification> verify(String name) {
    return Optional.ofNullable(entries.get(name))
        .flatMap(entry -> entry.registered().verifier())
        .map(Verifier::verify);
  }

  private Progress progress(Registered registered) {
    String name = registered.projection().name();
    return registered.progress().find(name).orElseGet(() -> Progress.begun(name, clock.instant()));
  }

  /** How far behind the events a projection is, in time. */
  public Duration lag(String name) {
    return find(name).map(ProjectionStatus::lag).orElse(Duration.ZERO);
  }

  private ProjectionStatus status(Registered registered) {
    Progress now = progress(registered);
    boolean follows = !(registered.projection() instanceof Beside) || now.phase().isRebuild();
    if (!follows) {
      return new ProjectionStatus(now, 0, Duration.ZERO, Optional.empty(), Optional.empty());
    }
    EventPage next = next(now.position(), registered.projection().filter());
    Instant time = clock.instant();
    if (next.events().isEmpty()) {
      return new ProjectionStatus(now, 0, Duration.ZERO, Optional.empty(), Optional.empty());
    }
    // some numbers are of no event
    long behind = Math.max(1, events.end().sequence() - now.position().sequence());
    Duration age = Duration.between(next.events().get(0).recorded().time(), time);
    Optional<Double> rate =
        Optional.of(now)
            .filter(each -> each.phase() == Phase.REBUILDING && each.done() > 0)
            .map(each -> perSecond(each));
    return new ProjectionStatus(
        now,
        behind,
        age.isNegative() ? Duration.ZERO : age,
        rate,
        rate.map(each -> Duration.ofMillis((long) (1_000 * behind / each))));
  }

  /** The next event, however far it is. */
  private EventPage next(Position position, EventFilter filter) {
    EventPage page = events.after(position, filter, 1);
    while (page.events().isEmpty() && !page.complete()) {
      page = events.after(page.next(), filter, 1);
    }
    return page;
  }

  private static double perSecond(Progress now) {
    long millis = Math.max(1, Duration.between(now.started(), now.updated()).toMillis());
    return 1_000.0 * now.done() / millis;
  }
}
