package org.muster.event.jpa;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.muster.event.seal.SubjectKey;
import org.muster.event.seal.SubjectKeys;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageKey;
import org.muster.storage.jpa.TestDatabase;

/** Writes in a transaction of its own each time, unless the caller is in one. */
record TransactionPerKeys(SubjectKeys delegate, TestDatabase database) implements SubjectKeys {
  @Override
  public Map<StorageKey, SubjectKey> obtain(Set<StorageKey> subjects) {
    return database.current() != null
        ? delegate.obtain(subjects)
        : database.inTransaction(() -> delegate.obtain(subjects));
  }

  @Override
  public Map<StorageKey, Made> make(Set<StorageKey> subjects) {
    return delegate.make(subjects);
  }

  @Override
  public byte[] opened(StorageKey subject, byte[] stored) {
    return delegate.opened(subject, stored);
  }

  @Override
  public Map<StorageKey, SubjectKey> find(Set<StorageKey> subjects) {
    return delegate.find(subjects);
  }

  @Override
  public boolean destroy(StorageKey subject, Instant time, String actor) {
    return database.inTransaction(() -> delegate.destroy(subject, time, actor));
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return database.inTransaction(() -> delegate.erase(tenant, most));
  }
}
