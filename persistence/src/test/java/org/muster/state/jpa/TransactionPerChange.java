package org.muster.state.jpa;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import org.muster.kernel.TenantId;
import org.muster.state.NodeStore;
import org.muster.state.TreeId;
import org.muster.storage.jpa.TestDatabase;

/** Nodes in a database, with a transaction of its own around whatever needs one. */
final class TransactionPerChange implements NodeStore {
  private final TestDatabase database;
  private final NodeStore delegate;

  TransactionPerChange(TestDatabase database) {
    this.database = database;
    this.delegate = database.nodes();
  }

  @Override
  public Map<String, byte[]> load(TreeId tree, Collection<String> places) {
    return delegate.load(tree, places);
  }

  @Override
  public void write(TreeId tree, Map<String, byte[]> saved, Collection<String> removed) {
    delegate.write(tree, saved, removed);
  }

  @Override
  public void exclusively(TreeId tree, Runnable work) {
    database.inTransaction(
        () -> {
          delegate.exclusively(tree, work);
          return true;
        });
  }

  @Override
  public SortedMap<String, byte[]> roots(TenantId tenant) {
    return delegate.roots(tenant);
  }

  @Override
  public long clear(int most) {
    return database.inTransaction(() -> delegate.clear(most));
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return database.inTransaction(() -> delegate.erase(tenant, most));
  }
}
