package org.muster.cache.coded;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.muster.cache.Coherence;
import org.muster.cache.VoidListener;

/** Tells of what other nodes do, when the level that hears of it says so. Thread-safe. */
public final class ToldCoherence implements Coherence {
  private final List<VoidListener> listeners = new CopyOnWriteArrayList<>();
  private final Duration guard;
  private final boolean immediate;
  private final BooleanSupplier connected;

  /**
   * Makes one.
   *
   * @param immediate whether a write waits until all nodes have been told
   * @param connected whether this node hears all others
   */
  public ToldCoherence(Duration guard, boolean immediate, BooleanSupplier connected) {
    this.guard = guard;
    this.immediate = immediate;
    this.connected = connected;
  }

  @Override
  public Duration guard() {
    return guard;
  }

  @Override
  public void listen(VoidListener listener) {
    listeners.add(listener);
  }

  @Override
  public boolean isImmediate() {
    return immediate;
  }

  @Override
  public boolean isConnected() {
    return connected.getAsBoolean();
  }

  /** Tells all who listen. */
  public void tell(Consumer<VoidListener> what) {
    listeners.forEach(what);
  }
}
