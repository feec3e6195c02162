package org.muster.storage.behind;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * What is pending, by key, in order, and who has to wait for what. Nobody who holds its lock does
 * anything else. Thread-safe.
 */
final class PendingWrites {
  private final BehindSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<StorageKey, Chain> chains = new ConcurrentHashMap<>();
  private final Map<TenantId, TenantTurn> turns = new ConcurrentHashMap<>();

  private final Schedule schedule = new Schedule();
  private long entries;
  private long bytes;
  private long tickets;
  private long refused;
  private boolean closing;
  private boolean stopped;

  PendingWrites(BehindSettings settings) {
    this.settings = settings;
  }

  /** How much there is. */
  record Load(long entries, long bytes, Duration oldest, long refused) {}

  /** What of a key is to be written now. */
  record Work(Chain chain, List<Logged> writes) {
    StorageKey key() {
      return chain.key;
    }
  }

  /** The last write of a key that is pending; null if none is. */
  @Nullable PendingWrite last(StorageKey key) {
    Chain chain = chains.get(key);
    return chain == null ? null : Logged.of(chain.last());
  }

  /** Whether something of a tenant is pending. */
  boolean has(TenantId tenant) {
    return turns.containsKey(tenant)
        && locked(
            () -> {
              TenantTurn turn = turns.get(tenant);
              return turn != null && !turn.tickets.isEmpty();
            });
  }

  /** Whether something is that may change what others show. */
  boolean relabels(TenantId tenant) {
    return turns.containsKey(tenant)
        && locked(
            () -> {
              TenantTurn turn = turns.get(tenant);
              return turn != null && turn.relabelling > 0;
            });
  }

  /**
   * Takes a key, and room for one write, for who is about to acknowledge it; to be given back by
   * {@link #enter} or {@link #release}. False if others of the tenant go through to the store, so
   * that this one has to do so as well.
   *
   * @throws StorageException.Unavailable if there is no room in time
   */
  boolean hold(StorageKey key) {
    Patience patience = new Patience();
    lock.lock();
    try {
      while (true) {
        TenantTurn turn = turns.get(key.tenant());
        if (closing || (turn != null && turn.through > 0)) {
          return false;
        }
        Chain chain = chains.get(key);
        boolean isFree = chain == null || !chain.held;
        if (isFree && entries < settings.maxEntries() && bytes < settings.maxBytes()) {
          chains.computeIfAbsent(key, Chain::new).held = true;
          turns.computeIfAbsent(key.tenant(), tenant -> new TenantTurn()).early++;
          entries++;
          return true;
        }
        if (!patience.await()) {
          refused++;
          throw new StorageException.Unavailable(
              isFree
                  ? "Too many writes are waiting for the store"
                  : "Another write of the document does not end",
              null);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The write for which a key was taken is pending from now on. */
  void enter(PendingWrite write, long number, int size) {
    lock.lock();
    try {
      Chain chain = letGo(write.key());
      add(chain, new Logged(write, number, size, ++tickets, System.nanoTime(), false));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** There is no write for the key that was taken. */
  void release(StorageKey key) {
    lock.lock();
    try {
      entries--;
      tidy(letGo(key));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes up a write of a run before, in order. */
  void recover(PendingWrite write, long number, int size) {
    lock.lock();
    try {
      entries++;
      Chain chain = chains.computeIfAbsent(write.key(), Chain::new);
      add(chain, new Logged(write, number, size, ++tickets, System.nanoTime(), true));
    } finally {
      lock.unlock();
    }
  }

  private Chain letGo(StorageKey key) {
    Chain chain = chains.computeIfAbsent(key, Chain::new);
    chain.held = false;
    turn(key.tenant()).early--;
    return chain;
  }

  private TenantTurn turn(TenantId tenant) {
    return turns.computeIfAbsent(tenant, id -> new TenantTurn());
  }

  private void add(Chain chain, Logged logged) {
    chain.add(logged);
    bytes += logged.bytes();
    TenantTurn turn = turn(chain.key.tenant());
    turn.tickets.add(logged.ticket());
    turn.chains.add(chain);
    turn.relabelling += logged.write().relabels() ? 1 : 0;
    if (!chain.flushing) {
      schedule.add(chain);
    }
  }

  /**
   * Returns when all of a tenant that is pending now is pending no more.
   *
   * @throws StorageException.Unavailable if that takes too long
   */
  void drain(TenantId tenant) {
    Patience patience = new Patience();
    lock.lock();
    try {
      long upTo = tickets;
      TenantTurn turn = turn(tenant);
      turn.drains++;
      schedule.urge(turn);
      changed.signalAll();
      try {
        while (!turn.tickets.isEmpty() && turn.tickets.first() <= upTo) {
          patience.awaitStore();
        }
      } finally {
        turn.drains--;
        settle(tenant, turn);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has all of a tenant written, and nothing acknowledged early, until {@link #leave}.
   *
   * @throws StorageException.Unavailable if that takes too long
   */
  void goThrough(TenantId tenant) {
    Patience patience = new Patience();
    lock.lock();
    try {
      TenantTurn turn = shut(tenant);
      try {
        while (turn.early > 0 || !turn.tickets.isEmpty()) {
          patience.awaitStore();
        }
      } catch (StorageException e) {
        leave(tenant);
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  private TenantTurn shut(TenantId tenant) {
    TenantTurn turn = turn(tenant);
    turn.through++;
    schedule.urge(turn);
    changed.signalAll();
    return turn;
  }

  /** Ends what {@link #goThrough} or {@link #drop} has begun. */
  void leave(TenantId tenant) {
    lock.lock();
    try {
      TenantTurn turn = turn(tenant);
      turn.through--;
      settle(tenant, turn);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void settle(TenantId tenant, TenantTurn turn) {
    if (turn.drains == 0 && turn.through == 0) {
      schedule.calm(turn);
    }
    if (turn.isIdle()) {
      turns.remove(tenant);
    }
  }

  /**
   * Forgets what is pending of a tenant, of which nothing is acknowledged early until {@link
   * #leave}; returns it.
   */
  List<Logged> drop(TenantId tenant) {
    Patience patience = new Patience();
    lock.lock();
    try {
      TenantTurn turn = shut(tenant);
      List<Logged> dropped = new ArrayList<>();
      try {
        while (turn.early > 0 || turn.chains.stream().anyMatch(chain -> chain.flushing)) {
          patience.awaitStore();
        }
      } catch (StorageException e) {
        leave(tenant);
        throw e;
      }
      for (Chain chain : List.copyOf(turn.chains)) {
        dropped.addAll(remove(chain, chain.all().size()));
        schedule.remove(chain);
        tidy(chain);
      }
      changed.signalAll();
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** All that is pending. */
  List<Logged> all() {
    return locked(() -> chains.values().stream().flatMap(chain -> chain.all().stream()).toList());
  }

  /**
   * Waits for something that is due; each of it is given back by {@link #end}. Empty if there is
   * nothing for a while, or never will be.
   *
   * @param most of how many keys
   */
  List<Work> take(int most, Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    lock.lock();
    try {
      while (!stopped) {
        long now = System.nanoTime();
        List<Chain> due = schedule.take(now, delayNanos(), most);
        if (!due.isEmpty() || end - now <= 0) {
          return due.stream().map(PendingWrites::begun).toList();
        }
        awaitAtMost(Math.min(end - now, schedule.untilDue(now, delayNanos())));
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private static Work begun(Chain chain) {
    chain.flushing = true;
    return new Work(chain, chain.all());
  }

  /** None if there is little room left, or nothing comes any more. */
  private long delayNanos() {
    boolean isPressed =
        closing || 2 * entries >= settings.maxEntries() || 2 * bytes >= settings.maxBytes();
    return isPressed ? 0 : settings.delay().toNanos();
  }

  /**
   * The first writes of a key that was taken are pending no more; the others may be taken again.
   */
  void end(Chain chain, int gone) {
    lock.lock();
    try {
      remove(chain, gone);
      chain.flushing = false;
      if (chain.first() != null) {
        schedule.add(chain);
      }
      tidy(chain);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What was taken may be taken again, unless it was given back by {@link #end}. */
  void giveBack(Work work) {
    lock.lock();
    try {
      Logged first = work.chain().first();
      boolean isSame = first != null && first.ticket() == work.writes().get(0).ticket();
      if (isSame && work.chain().flushing) {
        end(work.chain(), 0);
      }
    } finally {
      lock.unlock();
    }
  }

  /** All that is pending of a key that was taken. */
  List<Logged> all(Chain chain) {
    return locked(chain::all);
  }

  private List<Logged> remove(Chain chain, int count) {
    List<Logged> gone = chain.all().subList(0, count);
    TenantTurn turn = turn(chain.key.tenant());
    for (Logged logged : gone) {
      chain.removeFirst();
      entries--;
      bytes -= logged.bytes();
      turn.tickets.remove(logged.ticket());
      turn.relabelling -= logged.write().relabels() ? 1 : 0;
    }
    return gone;
  }

  private void tidy(Chain chain) {
    TenantTurn turn = turn(chain.key.tenant());
    if (chain.first() == null) {
      turn.chains.remove(chain);
      if (chain.isIdle() && !chain.flushing) {
        chains.remove(chain.key);
      }
    }
    settle(chain.key.tenant(), turn);
  }

  /** Nothing is due until then: the store does not answer. */
  void pause(Duration time) {
    lock.lock();
    try {
      schedule.pause(time);
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing is acknowledged early, and all is due. */
  void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when nothing is pending or about to be; false if that takes longer. */
  boolean awaitEmpty(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    lock.lock();
    try {
      for (long left = time.toNanos(); entries > 0 && left > 0; left = end - System.nanoTime()) {
        awaitAtMost(left);
      }
      return entries == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is taken any more. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isStopped() {
    return locked(() -> stopped);
  }

  Load load() {
    return locked(
        () -> {
          long now = System.nanoTime();
          long oldest =
              chains.values().stream()
                  .flatMap(chain -> Optional.ofNullable(chain.first()).stream())
                  .mapToLong(first -> now - first.sinceNanos())
                  .max()
                  .orElse(0);
          return new Load(entries, bytes, Duration.ofNanos(oldest), refused);
        });
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // whoever calls it does so in one
  private void awaitAtMost(long nanos) {
    try {
      changed.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException.Unavailable("Interrupted", e);
    }
  }

  /** How long somebody waits in all; for who has the lock. */
  private final class Patience {
    private final long endNanos = System.nanoTime() + settings.patience().toNanos();

    /** Until something has changed; false if it is over. */
    boolean await() {
      long left = endNanos - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      awaitAtMost(left);
      return true;
    }

    void awaitStore() {
      if (!await()) {
        throw new StorageException.Unavailable(
            "The store did not get in time what was acknowledged before", null);
      }
    }
  }
}
