package org.muster.storage.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.muster.kernel.TenantId;
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
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.Tombstone;
import org.muster.storage.TombstoneQuery;

/** Notes how long each call of another store took, and how it ended. */
public final class MeteredStorage implements StorageProvider {
  private final StorageProvider delegate;
  private final CallTimes times;

  public MeteredStorage(StorageProvider delegate, CallTimes times) {
    this.delegate = delegate;
    this.times = times;
  }

  @Override
  public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
    return timed("get", () -> delegate.get(key, expand));
  }

  @Override
  public Set<StorageKey> existing(Set<StorageKey> keys) {
    return timed("existing", () -> delegate.existing(keys));
  }

  @Override
  public Applied apply(Batch batch) {
    return timed("apply", () -> delegate.apply(batch));
  }

  @Override
  public Found query(Query query) {
    return timed("query", () -> delegate.query(query));
  }

  @Override
  public long count(Query query) {
    return timed("count", () -> delegate.count(query));
  }

  @Override
  public List<Linked> links(LinkQuery query) {
    return timed("links", () -> delegate.links(query));
  }

  @Override
  public void scan(Query query, Consumer<Stored> consumer) {
    timed(
        "scan",
        () -> {
          delegate.scan(query, consumer);
          return Boolean.TRUE;
        });
  }

  @Override
  public List<Tombstone> tombstones(TombstoneQuery query) {
    return timed("tombstones", () -> delegate.tombstones(query));
  }

  @Override
  public Optional<Buried> buried(StorageKey key) {
    return timed("buried", () -> delegate.buried(key));
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return timed("erase", () -> delegate.erase(tenant, most));
  }

  @Override
  public Set<Capability> capabilities() {
    return delegate.capabilities();
  }

  @Override
  public Health health() {
    return timed("health", delegate::health);
  }

  private <T> T timed(String operation, Supplier<T> call) {
    long start = System.nanoTime();
    String outcome = "error";
    try {
      T answer = call.get();
      outcome = "ok";
      return answer;
    } catch (StorageException e) {
      outcome = outcome(e);
      throw e;
    } finally {
      times.record(operation, outcome, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private static String outcome(StorageException failure) {
    if (failure instanceof StorageException.Conflict) {
      return "conflict";
    }
    if (failure instanceof StorageException.NotUnique) {
      return "not_unique";
    }
    if (failure instanceof StorageException.Unavailable) {
      return "unavailable";
    }
    if (failure instanceof StorageException.TooLarge) {
      return "too_large";
    }
    return failure instanceof StorageException.Corrupt ? "corrupt" : "unsupported";
  }
}
