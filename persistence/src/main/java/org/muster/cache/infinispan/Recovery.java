package org.muster.cache.infinispan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.infinispan.AdvancedCache;
import org.infinispan.commons.CacheException;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.partitionhandling.AvailabilityMode;

/**
 * Makes caches available again when all nodes are there. By itself Infinispan does so only if those
 * come back that were cut off; of a node that was killed and started again it waits for the former
 * self. What the levels have is dropped first, since nobody knows what was missed. Thread-safe.
 */
final class Recovery {
  private static final int PAUSE_MILLIS = 200;

  private final EmbeddedCacheManager manager;
  private final BooleanSupplier whole;
  private final BooleanSupplier closed;
  private volatile boolean running;

  Recovery(EmbeddedCacheManager manager, BooleanSupplier whole, BooleanSupplier closed) {
    this.manager = manager;
    this.whole = whole;
    this.closed = closed;
  }

  /** Whether nothing may be relied upon before it is through. */
  boolean isRunning() {
    return running;
  }

  /** Called before a node that came is counted: from now on it is running if one was lost. */
  synchronized boolean begin() {
    if (running || whole.getAsBoolean()) {
      return false;
    }
    running = true;
    return true;
  }

  /** Ends when all is available, or a node is missing again. */
  void run(Collection<String> levels) {
    Thread thread = new Thread(() -> restore(levels), "muster-cache-recovery");
    thread.setDaemon(true);
    thread.start();
  }

  private void restore(Collection<String> levels) {
    try {
      while (whole.getAsBoolean() && !closed.getAsBoolean() && !isRestored(levels)) {
        pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running = false;
    }
  }

  /** The coordinator does it; facts come last, for which all others and whoever joins wait. */
  private boolean isRestored(Collection<String> levels) {
    try {
      if (manager.isCoordinator()) {
        for (String name : names(levels)) {
          restore(name, levels.contains(name));
        }
      }
      return names(levels).stream().noneMatch(this::isDegraded);
    } catch (CacheException e) {
      return false;
    }
  }

  private void restore(String name, boolean level) {
    if (isDegraded(name)) {
      cache(name).setAvailability(AvailabilityMode.AVAILABLE);
    }
    if (level) {
      cache(name).clear(); // also where so little time passed that nothing was degraded
    }
  }

  private static List<String> names(Collection<String> levels) {
    List<String> names = new ArrayList<>(levels);
    names.add(Configurations.NOTICES);
    names.add(Configurations.FACTS);
    return names;
  }

  private boolean isDegraded(String name) {
    return manager.isRunning(name)
        && cache(name).getAvailability() == AvailabilityMode.DEGRADED_MODE;
  }

  private AdvancedCache<byte[], byte[]> cache(String name) {
    return manager.<byte[], byte[]>getCache(name).getAdvancedCache();
  }

  static void pause() throws InterruptedException {
    Thread.sleep(PAUSE_MILLIS);
  }
}
