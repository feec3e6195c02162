package org.muster.cache.infinispan;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.infinispan.AdvancedCache;
import org.infinispan.commons.CacheException;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachemanagerlistener.annotation.Merged;
import org.infinispan.notifications.cachemanagerlistener.annotation.ViewChanged;
import org.infinispan.notifications.cachemanagerlistener.event.ViewChangedEvent;
import org.infinispan.partitionhandling.AvailabilityException;
import org.infinispan.remoting.transport.Address;
import org.muster.cache.CacheLevelException;
import org.muster.cache.CacheSpace;
import org.muster.cache.Codec;
import org.muster.cache.VoidListener;
import org.muster.cache.coded.CellKeys;
import org.muster.cache.coded.Cells;
import org.muster.cache.coded.Marks;
import org.muster.cache.coded.SpaceStates;
import org.muster.cache.coded.ToldCoherence;

/**
 * Infinispan in this process: one, whatever levels it has. Where nodes were cut off from each
 * other, the lesser part refuses to read and to write; while one is lost, nobody relies on having
 * heard all.
 */
public final class InfinispanNode implements AutoCloseable {
  /** How often a node tries to begin before it goes on without. */
  private static final int BEGINNINGS = 50;

  private final NodeSettings settings;
  private final Clock clock;
  private final long origin = Marks.generation();
  private final Members members;
  private final EmbeddedCacheManager manager;
  private final Storage storage;
  private final Control control;
  private final Recovery recovery;
  private final Map<String, Tenancy> levels = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** A level as its node knows it. */
  private record Tenancy(Sharing sharing, SpaceStates spaces, ToldCoherence coherence) {}

  private InfinispanNode(
      NodeSettings settings, Clock clock, Storage storage, EmbeddedCacheManager manager) {
    this.settings = settings;
    this.clock = clock;
    this.storage = storage;
    this.manager = manager;
    this.members = new Members(clock, settings.burial());
    this.recovery = new Recovery(manager, members::isWhole, closed::get);
    this.control = new Control(cache(Configurations.FACTS), cache(Configurations.NOTICES), members);
  }

  /**
   * Starts a node and has it join those that run.
   *
   * @param loader the application's, which sees Infinispan
   */
  public static InfinispanNode start(NodeSettings settings, Clock clock, ClassLoader loader) {
    Storage storage = new Storage(settings);
    storage.begin();
    Configurations configurations = new Configurations(settings, storage);
    EmbeddedCacheManager manager = new DefaultCacheManager(configurations.global(loader), false);
    try {
      manager.start();
      manager.defineConfiguration(Configurations.FACTS, configurations.facts());
      manager.defineConfiguration(Configurations.NOTICES, configurations.notices());
      InfinispanNode node = new InfinispanNode(settings, clock, storage, manager);
      node.join();
      return node;
    } catch (RuntimeException e) {
      manager.stop();
      throw new CacheLevelException("Infinispan did not start", e);
    }
  }

  private void join() {
    if (settings.network().isPresent()) {
      manager.addListener(new Views());
      seen(manager.getMembers(), false);
      begin();
    }
  }

  /**
   * Others may have to make their caches available first; if one is missing, that may take long.
   */
  private void begin() {
    for (int i = 0; i < BEGINNINGS; i++) {
      if (hasBegun()) {
        return;
      }
    }
    Thread thread = new Thread(this::beginLater, "muster-cache-begin");
    thread.setDaemon(true);
    thread.start();
  }

  private void beginLater() {
    boolean done = false;
    while (!done && !closed.get()) {
      try {
        done = hasBegun();
      } catch (CacheException e) {
        done = isInterrupted();
      }
    }
  }

  private boolean hasBegun() {
    try {
      control.begins(settings.name());
      return true;
    } catch (AvailabilityException e) {
      return isInterrupted();
    }
  }

  private static boolean isInterrupted() {
    try {
      Recovery.pause();
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Makes a level, or takes part in the one of that name. */
  public <V> InfinispanLevel<V> level(LevelSettings level, Codec<V> codec) {
    if (level.sharing() != Sharing.LOCAL && settings.network().isEmpty()) {
      throw new IllegalArgumentException("A node without a network shares nothing");
    }
    Configurations configurations = new Configurations(settings, storage);
    manager.defineConfiguration(level.name(), configurations.level(level));
    Entries entries =
        new Entries(cache(level.name()), level.sharing().isHere() && settings.folder().isEmpty());
    SpaceStates spaces = new SpaceStates();
    Cells<V> cells = new Cells<>(codec, origin, true);
    ToldCoherence coherence = new ToldCoherence(settings.guard(), true, () -> isWhole(entries));
    levels.put(level.name(), new Tenancy(level.sharing(), spaces, coherence));
    listen(level, entries, spaces, cells, coherence);
    return new InfinispanLevel<>(
        level, this, entries, cells, new InfinispanLevel.Parts(spaces, coherence, clock));
  }

  private boolean isWhole(Entries entries) {
    return entries.isAvailable()
        && control.isAvailable()
        && members.isWhole()
        && !recovery.isRunning()
        && !closed.get();
  }

  private void listen(
      LevelSettings level,
      Entries entries,
      SpaceStates spaces,
      Cells<?> cells,
      ToldCoherence coherence) {
    entries.listen(new LossListener(spaces));
    if (level.sharing() == Sharing.REPLICATED) {
      entries.listen(
          new ReplicaListener(origin, key -> coherence.tell(listener -> listener.voided(key))));
    }
    control.hear(
        level.name(), new LevelHearer(level.sharing(), entries, spaces, cells, coherence, origin));
  }

  /** The cache of a name, which is defined. */
  AdvancedCache<byte[], byte[]> cache(String name) {
    return manager.<byte[], byte[]>getCache(name).getAdvancedCache();
  }

  /** Whether a node of that name is there, so that this one hears what it voids. */
  public boolean isPresent(String name) {
    return members.isPresent(name);
  }

  void leave(String level) {
    levels.remove(level);
    control.forget(level);
  }

  long generation(String level, CacheSpace space) {
    return control.generation(level, CellKeys.name(space));
  }

  /** The generation of a space, if it was ever written. */
  OptionalLong present(String level, CacheSpace space) {
    return control.present(level, CellKeys.name(space));
  }

  void renew(String level, CacheSpace space) {
    control.renew(level, CellKeys.name(space));
  }

  void renewAll(String level) {
    control.renewAll(level);
  }

  Iterable<String> spaces(String level) {
    return control.spaces(level);
  }

  void notice(String level, byte[] key) {
    control.notice(level, key, Marks.next(), origin, settings.guard().toMillis());
  }

  /** Refuses what has no partition handling of its own while a node is lost. */
  void demandWhole(Sharing sharing) {
    if (closed.get()) {
      throw new CacheLevelException("The node has ended");
    }
    if (sharing == Sharing.INVALIDATION && !members.isWhole()) {
      throw new CacheLevelException("Another node is lost");
    }
  }

  private void seen(List<Address> view, boolean merged) {
    members.view(view.stream().map(Address::toString).toList(), merged, this::missed);
  }

  private void missed() {
    for (Tenancy level : levels.values()) {
      if (level.sharing() == Sharing.INVALIDATION) {
        level.spaces().forgetAll();
      }
      level.coherence().tell(VoidListener::voidedAll);
    }
  }

  /** Hears who comes, goes and comes back. */
  @Listener
  final class Views {
    @ViewChanged
    public void changed(ViewChangedEvent event) {
      List<String> names = List.copyOf(levels.keySet());
      boolean came = event.getNewMembers().size() > event.getOldMembers().size();
      boolean recovers = came && recovery.begin();
      seen(event.getNewMembers(), false);
      if (recovers) {
        recovery.run(names);
      }
    }

    @Merged
    public void merged(ViewChangedEvent event) {
      seen(event.getNewMembers(), true);
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      if (settings.network().isPresent()) {
        control.ends(settings.name());
      }
    } catch (CacheException e) {
      // Then the others take it for lost, which is right: they may not have heard all.
    } finally {
      manager.stop();
      storage.end();
    }
  }
}
