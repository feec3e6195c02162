package org.muster.storage.behind;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageKey;

/**
 * What is pending, by key and by tenant, in order. Guarded by {@link Guard}, but for what says so.
 */
final class Content {
  final Room room;
  final Schedule schedule = new Schedule();
  private final Map<StorageKey, Chain> chains = new ConcurrentHashMap<>();
  private final Map<TenantId, TenantTurn> turns = new ConcurrentHashMap<>();
  private long tickets;

  Content(Room room) {
    this.room = room;
  }

  /** The last write of a key, for anybody; null if none is pending. */
  @Nullable PendingWrite last(StorageKey key) {
    Chain chain = chains.get(key);
    return chain == null ? null : Logged.of(chain.last());
  }

  /** Whether something is going on of a tenant, for anybody. */
  boolean isBusy(TenantId tenant) {
    return turns.containsKey(tenant);
  }

  /** What is going on of a tenant; null if nothing is. */
  @Nullable TenantTurn known(TenantId tenant) {
    return turns.get(tenant);
  }

  /** What is going on of a tenant from now on, until it is {@link #settle settled}. */
  TenantTurn turn(TenantId tenant) {
    return turns.computeIfAbsent(tenant, id -> new TenantTurn());
  }

  void settle(TenantId tenant, TenantTurn turn) {
    if (turn.drains == 0 && turn.through == 0) {
      schedule.calm(turn);
    }
    if (turn.isIdle()) {
      turns.remove(tenant);
    }
  }

  /** Whether somebody is about to add a write of a key. */
  boolean isHeld(StorageKey key) {
    Chain chain = chains.get(key);
    return chain != null && chain.held;
  }

  /** What is pending of a key, until it is {@link #tidy tidied}. */
  Chain chain(StorageKey key) {
    return chains.computeIfAbsent(key, Chain::new);
  }

  Collection<Chain> chains() {
    return chains.values();
  }

  /** The place of the last one that was added. */
  long lastTicket() {
    return tickets;
  }

  /** Adds a write for which there is room. */
  void add(PendingWrite write, long number, int size, boolean wasThere) {
    Chain chain = chain(write.key());
    Logged logged = new Logged(write, number, size, ++tickets, System.nanoTime(), wasThere);
    chain.add(logged);
    room.fill(logged);
    TenantTurn turn = turn(chain.key.tenant());
    turn.tickets.add(logged.ticket());
    turn.chains.add(chain);
    turn.relabelling += write.relabels() ? 1 : 0;
    if (!chain.flushing) {
      schedule.add(chain);
    }
  }

  /** Removes the first writes of a key; returns them. */
  List<Logged> remove(Chain chain, int count) {
    List<Logged> gone = chain.all().subList(0, count);
    TenantTurn turn = turn(chain.key.tenant());
    for (Logged logged : gone) {
      chain.removeFirst();
      room.free(logged);
      turn.tickets.remove(logged.ticket());
      turn.relabelling -= logged.write().relabels() ? 1 : 0;
    }
    return gone;
  }

  /** Forgets what is empty. */
  void tidy(Chain chain) {
    TenantTurn turn = turn(chain.key.tenant());
    if (chain.first() == null) {
      turn.chains.remove(chain);
      if (chain.isIdle() && !chain.flushing) {
        chains.remove(chain.key);
      }
    }
    settle(chain.key.tenant(), turn);
  }
}
