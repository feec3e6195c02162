package org.muster.cache.metrics;

import java.util.Set;
import java.util.function.Supplier;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheSpace;
import org.muster.cache.Coherence;
import org.muster.cache.KeyPage;
import org.muster.cache.KeyQuery;
import org.muster.cache.LevelStats;
import org.muster.cache.PutCondition;
import org.muster.cache.Slot;
import org.muster.kernel.TenantId;
import org.muster.monitor.Calls;
import org.muster.monitor.Outcome;

/**
 * Has the calls of another level watched: a read is a hit or a miss, a put whose condition does not
 * hold is refused. What costs nothing, statistics and coherence, is not watched.
 *
 * <p>To watch a call takes some hundred nanoseconds, which is next to nothing for a level that is
 * not in the heap, and more than the read itself for one that is.
 */
public final class MeteredLevel<V> implements CacheLevel<V> {
  private final CacheLevel<V> delegate;
  private final Calls calls;

  public MeteredLevel(CacheLevel<V> delegate, Calls calls) {
    this.delegate = delegate;
    this.calls = calls;
  }

  @Override
  public Slot<V> get(CacheKey key) {
    return calls.call(
        "get",
        key.space().tenant(),
        slot -> slot.entry().isPresent() ? Outcome.HIT : Outcome.MISS,
        () -> delegate.get(key));
  }

  @Override
  public Slot<V> peek(CacheKey key) {
    return calls.call("peek", key.space().tenant(), () -> delegate.peek(key));
  }

  @Override
  public boolean exists(CacheKey key) {
    return calls.call("exists", key.space().tenant(), () -> delegate.exists(key));
  }

  @Override
  public boolean put(CacheKey key, CacheEntry<V> entry, PutCondition condition) {
    return calls.call(
        "put",
        key.space().tenant(),
        done -> done ? Outcome.OK : Outcome.REFUSED,
        () -> delegate.put(key, entry, condition));
  }

  @Override
  public boolean voidKey(CacheKey key) {
    return calls.call("void", key.space().tenant(), () -> delegate.voidKey(key));
  }

  @Override
  public KeyPage keys(KeyQuery query) {
    return of("keys", query.space(), () -> delegate.keys(query));
  }

  @Override
  public long clear(CacheSpace space) {
    return of("clear", space, () -> delegate.clear(space));
  }

  @Override
  public void clearAll() {
    calls.call(
        "clear_all",
        null,
        () -> {
          delegate.clearAll();
          return Boolean.TRUE;
        });
  }

  @Override
  public long cleanUp(CacheSpace space) {
    return of("clean_up", space, () -> delegate.cleanUp(space));
  }

  @Override
  public Set<CacheSpace> spaces(TenantId tenant) {
    return calls.call("spaces", tenant, () -> delegate.spaces(tenant));
  }

  @Override
  public LevelStats stats(CacheSpace space) {
    return delegate.stats(space);
  }

  @Override
  public Coherence coherence() {
    return delegate.coherence();
  }

  @Override
  public void close() {
    delegate.close();
  }

  private <T> T of(String operation, CacheSpace space, Supplier<T> call) {
    TenantId tenant = space.tenant();
    return calls.call(operation, tenant, call);
  }
}
