package org.muster.storage.behind;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;

/**
 * Whose turn it is with each tenant: who acknowledges early, or who needs the store to have all of
 * it. Thread-safe.
 */
final class Turns {
  private final Guard guard;
  private final Content content;

  Turns(Guard guard, Content content) {
    this.guard = guard;
    this.content = content;
  }

  /** Whether something of a tenant is pending. */
  boolean has(TenantId tenant) {
    return is(tenant, turn -> !turn.tickets.isEmpty());
  }

  /** Whether something is that may change what others show. */
  boolean relabels(TenantId tenant) {
    return is(tenant, turn -> turn.relabelling > 0);
  }

  private boolean is(TenantId tenant, Predicate<TenantTurn> test) {
    return content.isBusy(tenant)
        && guard.locked(
            () -> {
              TenantTurn turn = content.known(tenant);
              return turn != null && test.test(turn);
            });
  }

  /**
   * Returns when all of a tenant that is pending now is pending no more.
   *
   * @throws StorageException.Unavailable if that takes too long
   */
  void drain(TenantId tenant) {
    Guard.Patience patience = guard.patience();
    guard.run(
        () -> {
          long upTo = content.lastTicket();
          TenantTurn turn = content.turn(tenant);
          turn.drains++;
          urge(turn);
          try {
            while (!turn.tickets.isEmpty() && turn.tickets.first() <= upTo) {
              patience.awaitStore();
            }
          } finally {
            turn.drains--;
            content.settle(tenant, turn);
          }
        });
  }

  /**
   * Has all of a tenant written, and nothing acknowledged early, until {@link #leave}.
   *
   * @throws StorageException.Unavailable if that takes too long
   */
  void goThrough(TenantId tenant) {
    Guard.Patience patience = guard.patience();
    guard.run(
        () -> {
          TenantTurn turn = shut(tenant);
          awaitUntil(tenant, patience, () -> turn.early == 0 && turn.tickets.isEmpty());
        });
  }

  /**
   * Forgets what is pending of a tenant, of which nothing is acknowledged early until {@link
   * #leave}; returns it.
   *
   * @throws StorageException.Unavailable if who is at it takes too long
   */
  List<Logged> drop(TenantId tenant) {
    Guard.Patience patience = guard.patience();
    return guard.locked(
        () -> {
          TenantTurn turn = shut(tenant);
          awaitUntil(
              tenant,
              patience,
              () -> turn.early == 0 && turn.chains.stream().noneMatch(chain -> chain.flushing));
          List<Logged> dropped = new ArrayList<>();
          for (Chain chain : List.copyOf(turn.chains)) {
            dropped.addAll(content.remove(chain, chain.all().size()));
            content.schedule.remove(chain);
            content.tidy(chain);
          }
          guard.changed();
          return dropped;
        });
  }

  /** Ends what {@link #goThrough} or {@link #drop} has begun. */
  void leave(TenantId tenant) {
    guard.run(
        () -> {
          TenantTurn turn = content.turn(tenant);
          turn.through--;
          content.settle(tenant, turn);
          guard.changed();
        });
  }

  private TenantTurn shut(TenantId tenant) {
    TenantTurn turn = content.turn(tenant);
    turn.through++;
    urge(turn);
    return turn;
  }

  private void urge(TenantTurn turn) {
    content.schedule.urge(turn);
    guard.changed();
  }

  private void awaitUntil(TenantId tenant, Guard.Patience patience, BooleanSupplier isSo) {
    try {
      while (!isSo.getAsBoolean()) {
        patience.awaitStore();
      }
    } catch (StorageException e) {
      leave(tenant);
      throw e;
    }
  }
}
