package org.muster.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.muster.receiver.Kind;
import org.muster.receiver.Leased;
import org.muster.receiver.ReceiverId;
import org.muster.storage.StorageException;

/**
 * A receiver that this node delivers to: has a turn when there is news, or when it is time. Turns
 * are queued behind those of others, one at a time. Thread-safe.
 */
final class Follower implements Runnable {
  private static final Logger LOG = System.getLogger(Follower.class.getName());

  /** After a turn that came to nothing: the lease is over, or the store has failed. */
  private static final Duration REST = Duration.ofSeconds(1);

  /** After which it looks what others have changed: another node, or an administrator there. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final Turn turn;
  private final Executor executor;
  private final Turn.Delivering delivering;
  private final ReceiverId id;
  private final Kind kind;
  private volatile Instant leaseUntil;
  private volatile Instant due = Instant.MIN;
  private volatile Optional<Instant> behind = Optional.empty();
  private volatile boolean hasNews = true;
  private volatile boolean stopped;
  private boolean isQueued;

  Follower(Leased leased, Turn.Delivering delivering, Executor executor) {
    this.id = leased.id();
    this.kind = leased.kind();
    this.leaseUntil = leased.until();
    this.delivering = delivering;
    this.executor = executor;
    this.turn = new Turn(id, delivering);
  }

  Kind kind() {
    return kind;
  }

  /** The time of the oldest event that is known and not delivered; empty if there is none. */
  Optional<Instant> behind() {
    return behind;
  }

  /** Says until when the node may deliver. */
  void extend(Instant until) {
    leaseUntil = until;
  }

  /** Has no further turn; one that is under way ends soon. */
  void stop() {
    stopped = true;
  }

  /** Says that there is something new. */
  void wake() {
    hasNews = true;
    queue();
  }

  /** Has a turn if it is time. */
  void tick(Instant now) {
    if (hasNews || !now.isBefore(due)) {
      queue();
    }
  }

  private synchronized void queue() {
    if (isQueued || stopped) {
      return;
    }
    try {
      executor.execute(this);
      isQueued = true;
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "The server stops", e);
    }
  }

  @Override
  public void run() {
    hasNews = false;
    due = delivering.clock().instant().plus(REST);
    BooleanSupplier mayGoOn = this::isServed;
    try {
      if (mayGoOn.getAsBoolean()) {
        Turn.Next next = turn.run(mayGoOn);
        behind = next.behind();
        Instant look = delivering.clock().instant().plus(LOOK);
        due = next.again().filter(look::isAfter).orElse(look);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StorageException.Conflict e) {
      LOG.log(Level.DEBUG, "A receiver was changed while events were delivered to it", e);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Deliveries to a receiver can''t go on; they try again soon", e);
    } finally {
      leave();
    }
  }

  private void leave() {
    synchronized (this) {
      isQueued = false;
    }
    if (hasNews || !delivering.clock().instant().isBefore(due)) {
      queue();
    }
  }

  /** Whether nobody else delivers yet. */
  private boolean isServed() {
    return !stopped && delivering.clock().instant().isBefore(leaseUntil);
  }
}
