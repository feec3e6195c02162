package org.muster.event.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.muster.event.Checkpoint;
import org.muster.event.Checkpoints;
import org.muster.event.ConsumerId;
import org.muster.event.Position;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.jpa.TestDatabase;

/** Changes in a transaction of its own each time. */
record TransactionPerSave(Checkpoints delegate, TestDatabase database) implements Checkpoints {
  @Override
  public Optional<Checkpoint> find(ConsumerId consumer) {
    return delegate.find(consumer);
  }

  @Override
  public List<Checkpoint> page(TenantId tenant, String afterName, int limit) {
    return delegate.page(tenant, afterName, limit);
  }

  @Override
  public Checkpoint save(
      ConsumerId consumer, Position position, Instant time, Precondition expected) {
    return database.inTransaction(() -> delegate.save(consumer, position, time, expected));
  }

  @Override
  public boolean remove(ConsumerId consumer, Precondition expected) {
    return database.inTransaction(() -> delegate.remove(consumer, expected));
  }

  @Override
  public Optional<Instant> oldestUnread(boolean internal) {
    return delegate.oldestUnread(internal);
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return database.inTransaction(() -> delegate.erase(tenant, most));
  }
}
