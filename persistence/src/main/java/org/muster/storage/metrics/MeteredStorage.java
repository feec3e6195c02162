package org.muster.storage.metrics;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.monitor.Calls;
import org.muster.monitor.Outcome;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Buried;
import org.muster.storage.Capability;
import org.muster.storage.Found;
import org.muster.storage.Health;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.Query;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.Tombstone;
import org.muster.storage.TombstoneQuery;

/** Has the calls of another store watched. */
public final class MeteredStorage implements StorageProvider {
  private final StorageProvider delegate;
  private final Calls calls;

  public MeteredStorage(StorageProvider delegate, Calls calls) {
    this.delegate = delegate;
    this.calls = calls;
  }

  @Override
  public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
    return calls.call("get", key.tenant(), () -> delegate.get(key, expand));
  }

  @Override
  public Set<StorageKey> existing(Set<StorageKey> keys) {
    return calls.call("existing", tenant(keys), () -> delegate.existing(keys));
  }

  @Override
  public Applied apply(Batch batch) {
    return calls.call("apply", batch.tenant(), () -> delegate.apply(batch));
  }

  @Override
  public Found query(Query query) {
    return calls.call("query", query.tenant(), () -> delegate.query(query));
  }

  @Override
  public long count(Query query) {
    return calls.call("count", query.tenant(), () -> delegate.count(query));
  }

  @Override
  public List<Linked> links(LinkQuery query) {
    return calls.call("links", query.anchors().get(0).tenant(), () -> delegate.links(query));
  }

  @Override
  public void scan(Query query, Consumer<Stored> consumer) {
    calls.call(
        "scan",
        query.tenant(),
        () -> {
          delegate.scan(query, consumer);
          return Boolean.TRUE;
        });
  }

  @Override
  public List<Tombstone> tombstones(TombstoneQuery query) {
    return calls.call("tombstones", query.tenant(), () -> delegate.tombstones(query));
  }

  @Override
  public Optional<Buried> buried(StorageKey key) {
    return calls.call("buried", key.tenant(), () -> delegate.buried(key));
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return calls.call("erase", tenant, () -> delegate.erase(tenant, most));
  }

  @Override
  public Set<Capability> capabilities() {
    return delegate.capabilities();
  }

  @Override
  public Health health() {
    return calls.call(
        "health", null, health -> health.up() ? Outcome.OK : Outcome.UNAVAILABLE, delegate::health);
  }

  private static @Nullable TenantId tenant(Set<StorageKey> keys) {
    return keys.isEmpty() ? null : keys.iterator().next().tenant();
  }
}
