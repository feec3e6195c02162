package org.muster.state;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.muster.kernel.TenantId;

/** Counts what a store is asked for. */
class CountingNodes implements NodeStore {
  private final NodeStore delegate;
  final Set<String> read = new HashSet<>();
  final Set<String> written = new HashSet<>();
  int calls;
  int nodesRead;
  int nodesWritten;

  CountingNodes(NodeStore delegate) {
    this.delegate = delegate;
  }

  void reset() {
    read.clear();
    written.clear();
    calls = 0;
    nodesRead = 0;
    nodesWritten = 0;
  }

  @Override
  public Map<String, byte[]> load(TreeId tree, Collection<String> places) {
    calls++;
    nodesRead += places.size();
    read.addAll(places);
    return delegate.load(tree, places);
  }

  @Override
  public void write(TreeId tree, Map<String, byte[]> saved, Collection<String> removed) {
    calls++;
    nodesWritten += saved.size() + removed.size();
    written.addAll(saved.keySet());
    written.addAll(removed);
    delegate.write(tree, saved, removed);
  }

  @Override
  public void exclusively(TreeId tree, Runnable work) {
    delegate.exclusively(tree, work);
  }

  @Override
  public SortedMap<String, byte[]> roots(TenantId tenant) {
    return delegate.roots(tenant);
  }

  @Override
  public long clear(int most) {
    return delegate.clear(most);
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return delegate.erase(tenant, most);
  }
}
