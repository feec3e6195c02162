package org.muster.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.event.Position;
import org.muster.receiver.Note;
import org.muster.receiver.Progress;
import org.muster.receiver.Settlement;

/**
 * What follows from the outcomes of a turn: what is delivered, what is noted and when it is tried
 * again, and how far the receiver is. If nothing got through, the receiver is down: it stays where
 * it is, and nothing is noted.
 */
final class Judgement {
  /** Never so long that nobody would wait for it. */
  private static final Duration RETRY_AFTER_MOST = Duration.ofHours(1);

  private final DeliverySettings settings;
  private final Progress progress;
  private final Map<Position, Integer> refused;
  private final Instant now;
  private final List<Note> noted = new ArrayList<>();
  private final List<Note> done = new ArrayList<>();
  private final List<Note> changed = new ArrayList<>();
  private long delivered;
  private long failed;
  private Duration retryAfter = Duration.ZERO;
  private Optional<Progress.Failure> failure = Optional.empty();

  /**
   * Of one turn.
   *
   * @param refused how often the receiver has refused an event while it stayed before it
   */
  Judgement(
      DeliverySettings settings, Progress progress, Map<Position, Integer> refused, Instant now) {
    this.settings = settings;
    this.progress = progress;
    this.refused = new HashMap<>(refused);
    this.now = now;
  }

  /**
   * Judges.
   *
   * @param chains what was sent, or should have been
   * @param queued events that others of their stream are noted before
   * @param isOver whether it ended before all was tried
   * @param isGone whether the receiver wants no more
   * @param next where the receiver is if nothing keeps it
   */
  Settlement of(
      List<Chain> chains, List<Event> queued, boolean isOver, boolean isGone, Position next) {
    int made = progress.attempts() + 1;
    boolean isThrough =
        chains.stream().anyMatch(chain -> chain.isThrough(settings.rejections(), refusals(chain)));
    boolean isFailed =
        chains.stream().anyMatch(chain -> chain.isFailed() && (isOver || !chain.isNoted()));
    boolean isDown = !isThrough && isFailed;
    boolean stays = isGone || isDown || (isOver && !isThrough);
    for (Chain chain : chains) {
      count(chain);
      if (chain.isNoted()) {
        judgeNoted(chain, stays);
      } else if (!stays) {
        judgeNew(chain);
      }
    }
    if (!stays) {
      queued.forEach(event -> noted.add(note(event, 0, Optional.empty(), false, "")));
    }
    if (isThrough) {
      refused.clear();
    } else if (isDown) {
      chains.forEach(this::countRefusal);
    }
    int attempts = isDown ? made : isThrough ? 0 : progress.attempts();
    return new Settlement(
        progress.position(),
        stays ? progress.position() : next,
        attempts,
        pause(isDown, isOver, attempts),
        delivered,
        failed,
        failure,
        noted,
        done,
        changed,
        isGone,
        now);
  }

  /** How often the receiver has refused an event while it stayed before it, this turn included. */
  Map<Position, Integer> refused() {
    return Map.copyOf(refused);
  }

  private void countRefusal(Chain chain) {
    if (chain.end().orElse(null) instanceof Outcome.Rejected) {
      refused.merge(chain.links().get(chain.passed()).event().position(), 1, Integer::sum);
    }
  }

  /** How often the one at the end of a chain was tried, as far as that counts for a refusal. */
  private int refusals(Chain chain) {
    if (chain.passed() == chain.links().size()) {
      return 0;
    }
    Chain.Link link = chain.links().get(chain.passed());
    int before = refused.getOrDefault(link.event().position(), 0);
    return before + link.note().map(Note::attempts).orElse(0) + 1;
  }

  private int attempts(Chain chain, Outcome end) {
    if (end instanceof Outcome.Rejected) {
      return refusals(chain);
    }
    return chain.links().get(chain.passed()).note().map(Note::attempts).orElse(0) + 1;
  }

  private Optional<Instant> pause(boolean isDown, boolean isOver, int attempts) {
    if (!isDown && !isOver && retryAfter.isZero()) {
      return Optional.empty();
    }
    Duration backoff = settings.ofReceiver().after(Math.max(1, attempts));
    return Optional.of(now.plus(backoff.compareTo(retryAfter) > 0 ? backoff : retryAfter));
  }

  private void count(Chain chain) {
    delivered += chain.delivered();
    Outcome end = chain.end().orElse(null);
    if (end != null) {
      failed++;
      failure = Optional.of(new Progress.Failure(why(end), now));
    }
    if (end instanceof Outcome.Failed refused && refused.retryAfter().isPresent()) {
      Duration asked = refused.retryAfter().get();
      Duration most = asked.compareTo(RETRY_AFTER_MOST) < 0 ? asked : RETRY_AFTER_MOST;
      retryAfter = most.compareTo(retryAfter) > 0 ? most : retryAfter;
    }
  }

  private void judgeNoted(Chain chain, boolean stays) {
    List<Chain.Link> links = chain.links();
    links.subList(0, chain.passed()).forEach(link -> link.note().ifPresent(done::add));
    if (stays || chain.end().isEmpty()) {
      return;
    }
    Note note = links.get(chain.passed()).note().orElseThrow();
    Outcome end = chain.end().get();
    changed.add(
        isLast(end, attempts(chain, end), note.since())
            ? note.died(why(end))
            : note.failed(again(note.attempts() + 1), why(end)));
  }

  /** What was not delivered: the first is tried again, those behind it wait for it. */
  private void judgeNew(Chain chain) {
    List<Chain.Link> rest = chain.links().subList(chain.passed(), chain.links().size());
    boolean isFirst = true;
    for (int i = 0; i < rest.size(); i++) {
      Event event = rest.get(i).event();
      Optional<Outcome> outcome = i == 0 ? chain.end() : Optional.empty();
      int attempts = outcome.map(end -> attempts(chain, end)).orElse(0);
      if (outcome.isPresent() && isLast(outcome.get(), attempts, now)) {
        noted.add(note(event, attempts, Optional.empty(), true, why(outcome.get())));
        continue;
      }
      Optional<Instant> next =
          isFirst ? Optional.of(attempts == 0 ? now : again(attempts)) : Optional.empty();
      noted.add(note(event, attempts, next, false, outcome.map(Judgement::why).orElse("")));
      isFirst = false;
    }
  }

  private Note note(
      Event event, int attempts, Optional<Instant> next, boolean isDead, String error) {
    return new Note(
        0, event.stream(), event.number(), event.position(), attempts, next, now, isDead, error);
  }

  private Instant again(int attempts) {
    return now.plus(settings.ofEvent().after(attempts));
  }

  private boolean isLast(Outcome end, int attempts, Instant since) {
    if (end instanceof Outcome.Rejected rejected
        && (rejected.isPermanent() || attempts >= settings.rejections())) {
      return true;
    }
    return attempts >= settings.attempts() || !now.isBefore(since.plus(settings.retry()));
  }

  private static String why(Outcome outcome) {
    if (outcome instanceof Outcome.Rejected rejected) {
      return rejected.why();
    }
    if (outcome instanceof Outcome.Gone gone) {
      return gone.why();
    }
    return outcome instanceof Outcome.Failed refused ? refused.why() : "";
  }
}
