package org.muster.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.muster.kernel.TenantId;

/** Passes every call on; a decorator overrides what it is about. */
public class ForwardingStorage implements StorageProvider {
  private final StorageProvider delegate;

  protected ForwardingStorage(StorageProvider delegate) {
    this.delegate = delegate;
  }

  @Override
  public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
    return delegate.get(key, expand);
  }

  @Override
  public Set<StorageKey> existing(Set<StorageKey> keys) {
    return delegate.existing(keys);
  }

  @Override
  public Applied apply(Batch batch) {
    return delegate.apply(batch);
  }

  @Override
  public Found query(Query query) {
    return delegate.query(query);
  }

  @Override
  public long count(Query query) {
    return delegate.count(query);
  }

  @Override
  public List<Linked> links(LinkQuery query) {
    return delegate.links(query);
  }

  @Override
  public void scan(Query query, Consumer<Stored> consumer) {
    delegate.scan(query, consumer);
  }

  @Override
  public List<Tombstone> tombstones(TombstoneQuery query) {
    return delegate.tombstones(query);
  }

  @Override
  public Optional<Buried> buried(StorageKey key) {
    return delegate.buried(key);
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return delegate.erase(tenant, most);
  }

  @Override
  public Set<Capability> capabilities() {
    return delegate.capabilities();
  }

  @Override
  public Health health() {
    return delegate.health();
  }
}
