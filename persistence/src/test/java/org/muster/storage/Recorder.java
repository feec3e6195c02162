package org.muster.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.muster.kernel.TenantId;

/** Passes every call on, and remembers what batches named, so that it can be checked afterwards. */
final class Recorder implements StorageProvider {
  private final StorageProvider delegate;
  final Set<String> collections = ConcurrentHashMap.newKeySet();
  final Set<String> relations = ConcurrentHashMap.newKeySet();
  final Set<Claimed> claims = ConcurrentHashMap.newKeySet();

  record Claimed(String collection, String attribute, String folded) {}

  Recorder(StorageProvider delegate) {
    this.delegate = delegate;
  }

  @Override
  public Applied apply(Batch batch) {
    for (Change change : batch.changes()) {
      collections.add(change.key().collection());
      if (change instanceof Change.Claim claim) {
        claims.add(new Claimed(claim.key().collection(), claim.attribute(), claim.folded()));
      } else if (change instanceof Change.AddLinks add) {
        relations.add(add.relation());
      } else if (change instanceof Change.ReplaceLinks replace) {
        relations.add(replace.relation());
      }
    }
    return delegate.apply(batch);
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
  public List<Tombstone> tombstones(
      TenantId tenant, String collection, Optional<String> after, int limit) {
    return delegate.tombstones(tenant, collection, after, limit);
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
