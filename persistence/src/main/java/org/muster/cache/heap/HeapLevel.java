package org.muster.cache.heap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheSpace;
import org.muster.cache.Coherence;
import org.muster.cache.KeyPage;
import org.muster.cache.KeyQuery;
import org.muster.cache.LevelStats;
import org.muster.cache.LocalCoherence;
import org.muster.cache.PutCondition;
import org.muster.cache.Slot;
import org.muster.kernel.TenantId;

/**
 * The level in the heap of this node. It throws no {@link org.muster.cache.CacheLevelException}.
 * What is read must not be changed by who reads it: nothing is copied.
 */
public final class HeapLevel<V> implements CacheLevel<V> {
  /** About what the maps need for an entry beside its key and value. */
  private static final int OVERHEAD_BYTES = 250;

  private static final PutCondition ALWAYS = new PutCondition.Always();

  private static final int SWEPT_AT_ONCE = 500;

  private final Marks marks;
  private final Wheel<V> wheel;
  private final Cache<CacheKey, Held<V>> held;
  private final ConcurrentMap<CacheKey, Held<V>> slots;
  private final Cache<CacheSpace, HeapSpace> spaces;
  private final ToIntFunction<V> weigher;
  private final Clock clock;
  private final Ticker ticker;
  private final Coherence coherence;
  private final Object totals = new Object();
  private LevelStats retired = LevelStats.NONE;

  /**
   * Makes an empty one.
   *
   * @param weigher about how many bytes a value has
   * @param clock by which lifetimes are counted
   * @param ticker that measures them, and does not jump
   */
  public HeapLevel(HeapBounds bounds, ToIntFunction<V> weigher, Clock clock, Ticker ticker) {
    this.weigher = weigher;
    this.clock = clock;
    this.ticker = ticker;
    coherence = new LocalCoherence(bounds.guard());
    marks = new Marks(bounds, ticker);
    wheel = new Wheel<>(ticker.read());
    held =
        Caffeine.newBuilder()
            .maximumWeight(bounds.maxBytes())
            .weigher((CacheKey key, Held<V> each) -> each.weight())
            .executor(Runnable::run)
            .evictionListener(this::gaveWay)
            .build();
    slots = held.asMap();
    spaces =
        Caffeine.newBuilder()
            .maximumSize(bounds.maxSpaces())
            .executor(Runnable::run)
            .evictionListener(
                (@Nullable CacheSpace name, @Nullable HeapSpace space, RemovalCause cause) ->
                    retire(space))
            .build();
  }

  private void gaveWay(@Nullable CacheKey key, @Nullable Held<V> held, RemovalCause cause) {
    if (held != null) {
      wheel.remove(held);
      held.space().gaveWay(held);
    }
  }

  private void retire(@Nullable HeapSpace space) {
    if (space != null) {
      space.retire();
      synchronized (totals) {
        space.isInTotals = true;
        retired = retired.plus(space.stats().withoutEntries());
      }
    }
  }

  /** What was done for all spaces, those included that were given up. */
  public LevelStats total() {
    synchronized (totals) { // or a space that gives way would be counted twice, or not at all
      LevelStats sum = retired;
      for (HeapSpace space : spaces.asMap().values()) {
        sum = space.isInTotals ? sum : sum.plus(space.stats());
      }
      return sum;
    }
  }

  private HeapSpace space(CacheSpace name) {
    return spaces.get(name, each -> new HeapSpace(marks, marks.newFloor()));
  }

  @Override
  public Slot<V> get(CacheKey key) {
    Held<V> found = held.getIfPresent(key);
    Held<V> current = found != null && found.isAlive() && isInTime(found) ? found : null;
    if (current != null && current.isEntry()) {
      current.space().hits.increment();
      return current.slot();
    }
    HeapSpace space = space(key.space());
    space.misses.increment();
    return current == null ? vacant(space.floor()) : current.slot();
  }

  /** Whether it is not over; then it is read. */
  private boolean isInTime(Held<V> held) {
    if (held.isEndless()) {
      return true; // without a look at the clock
    }
    long now = ticker.read();
    if (held.isOver(now)) {
      return false;
    }
    held.touch(now);
    if (wheel.isDue(now)) {
      sweep(now);
    }
    return true;
  }

  /** Lets go of some of what is over. */
  private void sweep(long nowNanos) {
    for (Held<V> over : wheel.over(nowNanos, SWEPT_AT_ONCE)) {
      expire(over.key(), over);
    }
  }

  private void expire(CacheKey key, Held<V> over) {
    // not computeIfPresent, which does not wait for who is about to put it
    slots.compute(
        key,
        (each, present) -> {
          if (present == null || present != over) {
            return present;
          }
          leave(present, true);
          return null;
        });
  }

  @Override
  public Slot<V> peek(CacheKey key) {
    Held<V> found = held.policy().getIfPresentQuietly(key);
    return found != null && isThere(found) ? found.slot() : vacant(space(key.space()).floor());
  }

  private Slot<V> vacant(Floor floor) {
    long mark = marks.ofVacant(floor);
    return mark == 0 ? Slot.vacant() : Slot.voided(mark);
  }

  @Override
  public boolean exists(CacheKey key) {
    return isServed(held.policy().getIfPresentQuietly(key));
  }

  private boolean isServed(@Nullable Held<V> held) {
    return held != null && held.isEntry() && isThere(held);
  }

  private boolean isThere(Held<V> held) {
    return held.isAlive() && !isOver(held);
  }

  private boolean isOver(Held<V> held) {
    return !held.isEndless() && held.isOver(ticker.read());
  }

  @Override
  public boolean put(CacheKey key, CacheEntry<V> entry, PutCondition condition) {
    long nowMillis = clock.millis();
    boolean over = entry.lifetime().isOver(nowMillis);
    return change(
        key,
        condition,
        (old, space, floor) ->
            over ? mark(key, space, floor) : held(key, entry, space, floor, nowMillis));
  }

  private boolean holds(PutCondition condition, @Nullable Held<V> old, Floor floor) {
    if (condition instanceof PutCondition.IfMark expected) {
      return expected.mark() == (old == null ? marks.ofVacant(floor) : old.slot().mark());
    }
    return condition instanceof PutCondition.Always || old == null || !old.isEntry();
  }

  private Held<V> held(
      CacheKey key, CacheEntry<V> entry, HeapSpace space, Floor floor, long nowMillis) {
    return new Held<>(
        key,
        Slot.of(entry),
        space,
        floor,
        Weights.sum(OVERHEAD_BYTES + 2 * key.text().length(), weight(entry.value())),
        new Held.Times(
            ticker.read(),
            Nanos.until(nowMillis, entry.lifetime().expiresMillis()),
            Nanos.ofMillis(entry.lifetime().idleMillis())));
  }

  private int weight(Optional<V> value) {
    return value.isEmpty() ? 0 : weigher.applyAsInt(value.get());
  }

  /** A mark to be kept; null if there are too many, and all vacant slots have a new one instead. */
  private @Nullable Held<V> mark(CacheKey key, HeapSpace space, Floor floor) {
    if (!marks.remember()) {
      return null;
    }
    Held.Times times = new Held.Times(ticker.read(), marks.guardNanos(), 0);
    return new Held<>(key, Slot.voided(marks.draw()), space, floor, 0, times);
  }

  @Override
  public boolean voidKey(CacheKey key) {
    boolean[] served = {false};
    change(
        key,
        ALWAYS,
        (old, space, floor) -> {
          served[0] = isServed(old);
          return mark(key, space, floor);
        });
    return served[0];
  }

  /** What follows what is there, given nothing where it is dead. */
  private interface Step<V> {
    @Nullable Held<V> apply(@Nullable Held<V> old, HeapSpace space, Floor floor);
  }

  /** Does the step if the condition holds; true if it did. */
  private boolean change(CacheKey key, PutCondition condition, Step<V> step) {
    boolean[] done = {false};
    boolean[] retired = {false};
    do {
      HeapSpace space = space(key.space());
      slots.compute(
          key,
          (each, present) -> {
            Floor floor = space.floor();
            retired[0] = floor.isRetired();
            Held<V> old = present != null && isThere(present) ? present : null;
            if (retired[0] || !holds(condition, old, floor)) {
              return present;
            }
            done[0] = true;
            Held<V> next = step.apply(old, space, floor);
            if (present != null) {
              leave(present, present.isAlive() && old == null);
            }
            return enter(next);
          });
    } while (retired[0]);
    long now = ticker.read();
    if (wheel.isDue(now)) {
      sweep(now);
    }
    return done[0];
  }

  /** Called under the lock of the key. */
  private @Nullable Held<V> enter(@Nullable Held<V> next) {
    if (next != null) {
      wheel.add(next, ticker.read());
      next.space().entered(next);
    }
    return next;
  }

  /** Called under the lock of the key. */
  private void leave(Held<V> old, boolean expired) {
    wheel.remove(old);
    old.space().left(old, expired);
  }

  @Override
  public KeyPage keys(KeyQuery query) {
    List<String> found = new ArrayList<>();
    Iterator<String> keys = space(query.space()).keys(query);
    while (keys.hasNext()) {
      String text = keys.next();
      if (!text.startsWith(query.prefix())) {
        break;
      }
      if (exists(new CacheKey(query.space(), text))) {
        if (found.size() == query.limit()) {
          return new KeyPage(found, Optional.of(found.get(found.size() - 1)));
        }
        found.add(text);
      }
    }
    return new KeyPage(found, Optional.empty());
  }

  @Override
  public long clear(CacheSpace name) {
    HeapSpace space = space(name);
    space.raiseFloor();
    long count = 0;
    for (String text : space.keys()) {
      count += removeDead(new CacheKey(name, text)) ? 1 : 0;
    }
    return count;
  }

  @Override
  public void clearAll() {
    marks.raiseFloorOfAll();
    slots.keySet().forEach(this::removeDead);
  }

  /** Lets go of what a clearing has left; true if it was an entry that had time left. */
  private boolean removeDead(CacheKey key) {
    boolean[] removed = {false};
    slots.compute(
        key,
        (each, present) -> {
          if (present == null || present.isAlive()) {
            return present;
          }
          removed[0] = present.isEntry() && !isOver(present);
          leave(present, false);
          return null;
        });
    return removed[0];
  }

  @Override
  public long cleanUp(CacheSpace name) {
    HeapSpace space = space(name);
    long before = space.expirations();
    for (String text : space.keys()) {
      CacheKey key = new CacheKey(name, text);
      Held<V> found = held.policy().getIfPresentQuietly(key);
      if (found != null && found.isAlive() && isOver(found)) {
        expire(key, found);
      }
    }
    return space.expirations() - before;
  }

  @Override
  public Set<CacheSpace> spaces(TenantId tenant) {
    return spaces.asMap().entrySet().stream()
        .filter(each -> each.getKey().tenant().equals(tenant) && each.getValue().hasEntries())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  @Override
  public LevelStats stats(CacheSpace name) {
    HeapSpace space = spaces.getIfPresent(name);
    return space == null ? LevelStats.NONE : space.stats();
  }

  @Override
  public Coherence coherence() {
    return coherence;
  }

  @Override
  public void close() {
    clearAll();
  }
}
