package org.muster.cache.infinispan;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.infinispan.commons.CacheException;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheLevelException;
import org.muster.cache.CacheSpace;
import org.muster.cache.Coherence;
import org.muster.cache.KeyPage;
import org.muster.cache.KeyQuery;
import org.muster.cache.LevelStats;
import org.muster.cache.PutCondition;
import org.muster.cache.Slot;
import org.muster.cache.coded.CellKeys;
import org.muster.cache.coded.Cells;
import org.muster.cache.coded.CorruptCellException;
import org.muster.cache.coded.Marks;
import org.muster.cache.coded.SpaceState;
import org.muster.cache.coded.SpaceStates;
import org.muster.cache.coded.SpaceView;
import org.muster.cache.coded.ToldCoherence;
import org.muster.kernel.TenantId;

/**
 * A level in Infinispan. Keys are listed, and spaces cleared, by looking at all cells: of this node
 * if it has all, else of all nodes. A look at a key of another node ({@link Sharing#DISTRIBUTED})
 * counts as a read of an entry with an idle time.
 */
public final class InfinispanLevel<V> implements CacheLevel<V> {
  private final String name;
  private final Sharing sharing;
  private final InfinispanNode node;
  private final Entries entries;
  private final Cells<V> cells;
  private final SpaceStates spaces;
  private final ToldCoherence coherence;
  private final Writes<V> writes;
  private final Sweep sweep;
  private final Census census;
  private final Clock clock;

  InfinispanLevel(
      LevelSettings settings, InfinispanNode node, Entries entries, Cells<V> cells, Parts parts) {
    this.name = settings.name();
    this.sharing = settings.sharing();
    this.node = node;
    this.entries = entries;
    this.cells = cells;
    this.spaces = parts.spaces();
    this.coherence = parts.coherence();
    this.clock = parts.clock();
    this.writes = new Writes<>(entries, cells, clock, coherence.guard(), settings.maxBytes());
    this.sweep = new Sweep(entries, clock);
    this.census = new Census(entries, spaces);
  }

  /** What a level shares with the listeners that its node has set up for it. */
  record Parts(SpaceStates spaces, ToldCoherence coherence, Clock clock) {}

  @Override
  public Slot<V> get(CacheKey key) {
    return read(
        key.space(),
        vacant(),
        (state, view) -> {
          byte[] bytes = CellKeys.bytes(key);
          byte[] cell = entries.get(bytes);
          Slot<V> slot = slot(state, bytes, cell);
          state.counters().read(slot.entry().isPresent());
          return slot;
        });
  }

  @Override
  public Slot<V> peek(CacheKey key) {
    return read(
        key.space(),
        vacant(),
        (state, view) -> {
          byte[] bytes = CellKeys.bytes(key);
          return slot(state, bytes, entries.look(bytes));
        });
  }

  private Slot<V> slot(SpaceState state, byte[] key, byte @Nullable [] cell) {
    SpaceView view = opened(state);
    try {
      return cells.slot(cell, view, clock.millis());
    } catch (CorruptCellException e) {
      long mark = Marks.next();
      if (cell != null && writes.replaceCorrupt(key, cell, view, mark)) {
        state.counters().corrupt();
        return Slot.voided(mark);
      }
      return Cells.vacant(view);
    }
  }

  @Override
  public boolean exists(CacheKey key) {
    return read(
        key.space(),
        false,
        (state, view) -> cells.isServed(entries.look(CellKeys.bytes(key)), view, clock.millis()));
  }

  @Override
  public boolean put(CacheKey key, CacheEntry<V> entry, PutCondition condition) {
    SpaceState state = spaces.of(key.space());
    return call(
        key.space(),
        view -> {
          byte[] bytes = CellKeys.bytes(key);
          boolean done = writes.put(bytes, entry, condition, state);
          if (done) {
            state.counters().put();
            if (sharing.needsNotices() && !isLoaded(condition)) {
              node.notice(name, bytes);
            }
          }
          return done;
        });
  }

  /** A value that was loaded outdates nothing that another node has. */
  private static boolean isLoaded(PutCondition condition) {
    return condition instanceof PutCondition.IfMark seen && seen.mark() <= 0;
  }

  @Override
  public boolean voidKey(CacheKey key) {
    return call(
        key.space(),
        view -> {
          byte[] bytes = CellKeys.bytes(key);
          boolean served = writes.voidKey(bytes, view);
          if (sharing.needsNotices()) {
            node.notice(name, bytes);
          }
          return served;
        });
  }

  @Override
  public KeyPage keys(KeyQuery query) {
    return read(
        query.space(),
        new KeyPage(List.of(), Optional.empty()),
        (state, view) -> new KeyScan(query).run(entries, cells, view, clock.millis()));
  }

  @Override
  public long clear(CacheSpace space) {
    return call(
        space,
        view -> {
          node.renew(name, space);
          return sweep.run(space, view.generation());
        });
  }

  @Override
  public void clearAll() {
    try {
      node.demandWhole(sharing);
      node.renewAll(name);
      for (String space : node.spaces(name)) {
        clear(CellKeys.space(space));
      }
    } catch (CacheException e) {
      throw failure(e);
    }
  }

  @Override
  public long cleanUp(CacheSpace space) {
    return read(space, 0L, (state, view) -> sweep.cleanUp(space, view));
  }

  @Override
  public Set<CacheSpace> spaces(TenantId tenant) {
    Set<CacheSpace> found = new HashSet<>();
    try {
      for (String space : node.spaces(name)) {
        CacheSpace of = CellKeys.space(space);
        if (of.tenant().equals(tenant) && !keys(new KeyQuery(of, "", "", 1)).keys().isEmpty()) {
          found.add(of);
        }
      }
    } catch (CacheException e) {
      throw failure(e);
    }
    return found;
  }

  @Override
  public LevelStats stats(CacheSpace space) {
    SpaceState state = spaces.look(space);
    if (state.view() == null) {
      return state.counters().stats(0, 0);
    }
    Census.Count count = census.of(space);
    return state.counters().stats(count.entries(), count.bytes());
  }

  @Override
  public Coherence coherence() {
    return coherence;
  }

  /** Leaves the cache to the node, which ends it. */
  @Override
  public void close() {
    node.leave(name);
  }

  /** Reads in a space; one that was never written is not made by that. */
  private <T> T read(CacheSpace space, T nothing, BiFunction<SpaceState, SpaceView, T> call) {
    SpaceState known = spaces.look(space);
    return guarded(
        known,
        () -> {
          SpaceView view = known.view();
          if (view != null) {
            return call.apply(known, view);
          }
          OptionalLong generation = node.present(name, space);
          if (generation.isEmpty()) {
            return nothing;
          }
          SpaceState state = spaces.of(space);
          return call.apply(state, open(state, generation.getAsLong()));
        });
  }

  private <T> T call(CacheSpace space, Function<SpaceView, T> call) {
    SpaceState state = spaces.of(space);
    return guarded(
        state,
        () -> {
          SpaceView view = state.view();
          return call.apply(view != null ? view : open(state, node.generation(name, space)));
        });
  }

  private SpaceView open(SpaceState state, long generation) {
    return state.open(generation, spaces.vacancy());
  }

  private Slot<V> vacant() {
    long mark = spaces.vacancy();
    return mark == 0 ? Slot.vacant() : Slot.voided(mark);
  }

  private <T> T guarded(SpaceState state, Supplier<T> call) {
    try {
      node.demandWhole(sharing);
      return call.get();
    } catch (CacheException e) {
      state.counters().failed();
      throw failure(e);
    } catch (CacheLevelException e) {
      state.counters().failed();
      throw e;
    }
  }

  private static SpaceView opened(SpaceState state) {
    SpaceView view = state.view();
    if (view == null) {
      throw new IllegalStateException("The space is not open");
    }
    return view;
  }

  private static CacheLevelException failure(RuntimeException e) {
    return new CacheLevelException("Infinispan did not answer", e);
  }
}
