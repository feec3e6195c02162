package org.muster.cache;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.muster.kernel.TenantId;

/**
 * One level that several nodes share, as each of them sees it. What a node does the others are told
 * before its call returns; a node may be cut off, and comes back.
 */
public final class SharedLevel<V> {
  private final CacheLevel<V> store;
  private final List<Node> nodes = new CopyOnWriteArrayList<>();

  public SharedLevel(CacheLevel<V> store) {
    this.store = store;
  }

  /** The level as another node sees it. */
  public Node node() {
    Node node = new Node();
    nodes.add(node);
    return node;
  }

  /** The level as one node sees it. */
  public final class Node implements CacheLevel<V>, Coherence {
    private final List<VoidListener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    /** From now on the node reaches nothing and hears nothing. */
    public void cut() {
      cut = true;
    }

    /** The node is back; what it has missed it is told as all that there is. */
    public void heal() {
      listeners.forEach(VoidListener::voidedAll);
      cut = false;
      listeners.forEach(VoidListener::voidedAll);
    }

    /** The node is back, and nobody says that it has missed something. */
    public void healSilently() {
      cut = false;
    }

    private <T> T call(Supplier<T> action) {
      if (cut) {
        throw new CacheLevelException("Cut off");
      }
      return action.get();
    }

    private void tell(Consumer<VoidListener> news) {
      for (Node other : nodes) {
        if (other != this && !other.cut) {
          other.listeners.forEach(news);
        }
      }
    }

    @Override
    public Slot<V> get(CacheKey key) {
      return call(() -> store.get(key));
    }

    @Override
    public Slot<V> peek(CacheKey key) {
      return call(() -> store.peek(key));
    }

    @Override
    public boolean exists(CacheKey key) {
      return call(() -> store.exists(key));
    }

    @Override
    public boolean put(CacheKey key, CacheEntry<V> entry, PutCondition condition) {
      boolean done = call(() -> store.put(key, entry, condition));
      if (done) {
        tell(listener -> listener.voided(key));
      }
      return done;
    }

    @Override
    public boolean voidKey(CacheKey key) {
      boolean served = call(() -> store.voidKey(key));
      tell(listener -> listener.voided(key));
      return served;
    }

    @Override
    public KeyPage keys(KeyQuery query) {
      return call(() -> store.keys(query));
    }

    @Override
    public long clear(CacheSpace space) {
      long entries = call(() -> store.clear(space));
      tell(listener -> listener.voided(space));
      return entries;
    }

    @Override
    public void clearAll() {
      call(
          () -> {
            store.clearAll();
            return true;
          });
      tell(VoidListener::voidedAll);
    }

    @Override
    public long cleanUp(CacheSpace space) {
      return call(() -> store.cleanUp(space));
    }

    @Override
    public Set<CacheSpace> spaces(TenantId tenant) {
      return call(() -> store.spaces(tenant));
    }

    @Override
    public LevelStats stats(CacheSpace space) {
      return call(() -> store.stats(space));
    }

    @Override
    public Coherence coherence() {
      return this;
    }

    @Override
    public Duration guard() {
      return store.coherence().guard();
    }

    @Override
    public void listen(VoidListener listener) {
      listeners.add(listener);
    }

    @Override
    public boolean isImmediate() {
      return true;
    }

    @Override
    public boolean isConnected() {
      return !cut;
    }

    @Override
    public void close() {
      nodes.remove(this);
    }
  }
}
