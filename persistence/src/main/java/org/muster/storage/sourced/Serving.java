package org.muster.storage.sourced;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.muster.event.Position;
import org.muster.kernel.TenantId;
import org.muster.sql.Transactions;
import org.muster.storage.StorageProvider;

/**
 * A model that is read from and follows the events. Who reads what somebody on this node has
 * written waits for it, for so long; if it is not there by then, or if it was written in the
 * caller's own transaction, it is read from the model that was decided on. Thread-safe.
 */
public final class Serving {
  private static final long LOOK_NANOS = 200_000;

  private final StorageProvider model;
  private final Supplier<Optional<Position>> reached;
  private final Transactions transactions;
  private final Runnable wake;
  private final Duration patience;
  private final Map<TenantId, Position> written = new ConcurrentHashMap<>();
  private final Set<Object> writing = ConcurrentHashMap.newKeySet();
  private final AtomicLong missed = new AtomicLong();

  /**
   * A model that follows.
   *
   * @param reached how far it is; empty while it is not to be read from
   * @param transactions those of the store that is decided on
   * @param wake tells the one who makes it follow that there is something new
   * @param patience how long a read waits at most
   */
  public Serving(
      StorageProvider model,
      Supplier<Optional<Position>> reached,
      Transactions transactions,
      Runnable wake,
      Duration patience) {
    this.model = model;
    this.reached = reached;
    this.transactions = transactions;
    this.wake = wake;
    this.patience = patience;
  }

  /** Says that the caller's transaction has appended, up to a position. */
  void appended(TenantId tenant, Position position) {
    Object transaction = transactions.current();
    if (transaction == null) {
      note(tenant, position);
      return;
    }
    writing.add(transaction);
    transactions.whenEnded(
        () -> {
          writing.remove(transaction);
          note(tenant, position);
        });
  }

  private void note(TenantId tenant, Position position) {
    written.merge(tenant, position, (one, other) -> one.compareTo(other) > 0 ? one : other);
    wake.run();
  }

  /** The model, with all that was written on this node; empty if that takes too long. */
  Optional<StorageProvider> upToDate(TenantId tenant) {
    Object transaction = transactions.current();
    if (transaction != null && writing.contains(transaction)) {
      return Optional.empty();
    }
    Position needed = written.getOrDefault(tenant, Position.START);
    long begin = System.nanoTime();
    while (true) {
      Optional<Position> now = reached.get();
      if (now.isPresent() && now.get().compareTo(needed) >= 0) {
        written.remove(tenant, needed);
        return Optional.of(model);
      }
      if (now.isEmpty() || System.nanoTime() - begin > patience.toNanos()) {
        missed.incrementAndGet();
        return Optional.empty();
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** How often the model was not there in time. */
  public long missed() {
    return missed.get();
  }

  long erase(TenantId tenant, int most) {
    return model.erase(tenant, most);
  }
}
