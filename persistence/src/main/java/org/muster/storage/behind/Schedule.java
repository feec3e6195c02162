package org.muster.storage.behind;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * In which order keys are written: first those of tenants for which somebody waits, then the
 * oldest. Guarded by {@link Guard}.
 */
final class Schedule {
  /** Those that have something to write and are not being written, the oldest first. */
  private final Set<Chain> waiting = new LinkedHashSet<>();

  private final Set<TenantTurn> urgent = new LinkedHashSet<>();
  private long notBeforeNanos = System.nanoTime();

  void add(Chain chain) {
    waiting.add(chain);
  }

  void remove(Chain chain) {
    waiting.remove(chain);
  }

  /** Somebody waits for what is pending of a tenant. */
  void urge(TenantTurn turn) {
    urgent.add(turn);
  }

  void calm(TenantTurn turn) {
    urgent.remove(turn);
  }

  /** Nothing is due for so long: the store does not answer. */
  void pause(Duration time) {
    notBeforeNanos = System.nanoTime() + time.toNanos();
  }

  /**
   * Takes what is due.
   *
   * @param delayNanos how old it is, if nobody waits for it
   */
  List<Chain> take(long now, long delayNanos, int most) {
    if (notBeforeNanos - now > 0) {
      return List.of();
    }
    Set<Chain> due = new LinkedHashSet<>();
    for (TenantTurn turn : urgent) {
      turn.chains.stream()
          .filter(chain -> !chain.flushing)
          .limit(most - (long) due.size())
          .forEach(due::add);
    }
    for (Chain chain : waiting) {
      if (due.size() >= most || untilDue(chain, now, delayNanos) > 0) {
        break;
      }
      due.add(chain);
    }
    due.forEach(waiting::remove);
    return new ArrayList<>(due);
  }

  /** When there is something to take at the earliest, as far as is known by now. */
  long untilDue(long now, long delayNanos) {
    if (notBeforeNanos - now > 0) {
      return notBeforeNanos - now;
    }
    return waiting.isEmpty()
        ? Long.MAX_VALUE
        : Math.max(1, untilDue(waiting.iterator().next(), now, delayNanos));
  }

  private static long untilDue(Chain chain, long now, long delayNanos) {
    Logged first = chain.first();
    return first == null ? 0 : first.sinceNanos() + delayNanos - now;
  }
}
