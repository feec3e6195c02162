package org.muster.cache.infinispan;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.muster.cache.Coherence;
import org.muster.cache.VoidListener;

/** Tells of what other nodes do. A write waits until all of them have been told. */
final class LevelCoherence implements Coherence {
  private final List<VoidListener> listeners = new CopyOnWriteArrayList<>();
  private final Duration guard;
  private final BooleanSupplier connected;

  LevelCoherence(Duration guard, BooleanSupplier connected) {
    this.guard = guard;
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
    return true;
  }

  @Override
  public boolean isConnected() {
    return connected.getAsBoolean();
  }

  void tell(Consumer<VoidListener> what) {
    listeners.forEach(what);
  }
}
