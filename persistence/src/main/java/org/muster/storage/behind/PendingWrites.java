package org.muster.storage.behind;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.storage.StorageKey;

/**
 * What is pending: who adds to it has its {@link #admission}, who needs the store to have it its
 * {@link #turns}, and who writes it takes it here and gives it back. Thread-safe.
 */
final class PendingWrites {
  private final Duration delay;
  private final Guard guard;
  private final Content content;
  private final Admission admission;
  private final Turns turns;
  private boolean stopped;

  PendingWrites(BehindSettings settings) {
    this.delay = settings.delay();
    this.guard = new Guard(settings.patience());
    this.content = new Content(new Room(settings));
    this.admission = new Admission(guard, content);
    this.turns = new Turns(guard, content);
  }

  /** How much there is. */
  record Load(long entries, long bytes, Duration oldest, long refused) {}

  /** What of a key is to be written now. */
  record Work(Chain chain, List<Logged> writes) {
    StorageKey key() {
      return chain.key;
    }
  }

  Admission admission() {
    return admission;
  }

  Turns turns() {
    return turns;
  }

  /** The last write of a key that is pending; null if none is. */
  @Nullable PendingWrite last(StorageKey key) {
    return content.last(key);
  }

  /** All that is pending. */
  List<Logged> all() {
    return guard.locked(
        () -> content.chains().stream().flatMap(chain -> chain.all().stream()).toList());
  }

  /**
   * Waits for something that is due; each of it is given back by {@link #end}. Empty if there is
   * nothing for a while, or never will be.
   *
   * @param most of how many keys
   */
  List<Work> take(int most, Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    return guard.locked(
        () -> {
          while (!stopped) {
            long now = System.nanoTime();
            List<Chain> due = content.schedule.take(now, delayNanos(), most);
            if (!due.isEmpty() || end - now <= 0) {
              return due.stream().map(PendingWrites::begun).toList();
            }
            guard.awaitAtMost(Math.min(end - now, content.schedule.untilDue(now, delayNanos())));
          }
          return List.of();
        });
  }

  private static Work begun(Chain chain) {
    chain.flushing = true;
    return new Work(chain, chain.all());
  }

  /** None if there is little room left, or nothing comes any more. */
  private long delayNanos() {
    return admission.isClosed() || content.room.isPressed() ? 0 : delay.toNanos();
  }

  /**
   * The first writes of a key that was taken are pending no more; the others may be taken again.
   */
  void end(Chain chain, int gone) {
    guard.run(
        () -> {
          content.remove(chain, gone);
          chain.flushing = false;
          if (chain.first() != null) {
            content.schedule.add(chain);
          }
          content.tidy(chain);
          guard.changed();
        });
  }

  /** What was taken may be taken again, unless it was given back by {@link #end}. */
  void giveBack(Work work) {
    guard.run(
        () -> {
          Logged first = work.chain().first();
          boolean isSame = first != null && first.ticket() == work.writes().get(0).ticket();
          if (isSame && work.chain().flushing) {
            end(work.chain(), 0);
          }
        });
  }

  /** All that is pending of a key that was taken. */
  List<Logged> all(Chain chain) {
    return guard.locked(chain::all);
  }

  /** Nothing is due until then: the store does not answer. */
  void pause(Duration time) {
    guard.run(() -> content.schedule.pause(time));
  }

  /** From now on nothing is acknowledged early, and all is due. */
  void close() {
    guard.run(
        () -> {
          admission.close();
          guard.changed();
        });
  }

  /** Returns when nothing is pending or about to be; false if that takes longer. */
  boolean awaitEmpty(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return guard.locked(
        () -> {
          long left = time.toNanos();
          while (content.room.entries() > 0 && left > 0) {
            guard.awaitAtMost(left);
            left = end - System.nanoTime();
          }
          return content.room.entries() == 0;
        });
  }

  /** Nothing is taken any more. */
  void stop() {
    guard.run(
        () -> {
          stopped = true;
          guard.changed();
        });
  }

  boolean isStopped() {
    return guard.locked(() -> stopped);
  }

  Load load() {
    return guard.locked(
        () -> {
          long now = System.nanoTime();
          long oldest =
              content.chains().stream()
                  .flatMap(chain -> Optional.ofNullable(chain.first()).stream())
                  .mapToLong(first -> now - first.sinceNanos())
                  .max()
                  .orElse(0);
          return new Load(
              content.room.entries(),
              content.room.bytes(),
              Duration.ofNanos(oldest),
              admission.refused());
        });
  }
}
