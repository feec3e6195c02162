package org.muster.cache.infinispan;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheLevelException;
import org.muster.cache.PutCondition;
import org.muster.cache.coded.Cells;
import org.muster.cache.coded.Marks;
import org.muster.cache.coded.SpaceState;
import org.muster.cache.coded.SpaceView;

/** Puts and voids by compare-and-set on the bytes of a cell, which its primary owner decides. */
final class Writes<V> {
  private static final int ATTEMPTS = 100;

  private final Entries entries;
  private final Cells<V> cells;
  private final Clock clock;
  private final Duration guard;
  private final long maxBytes;

  Writes(Entries entries, Cells<V> cells, Clock clock, Duration guard, long maxBytes) {
    this.guard = guard;
    this.entries = entries;
    this.cells = cells;
    this.clock = clock;
    this.maxBytes = maxBytes == 0 ? Long.MAX_VALUE : maxBytes;
  }

  boolean put(byte[] key, CacheEntry<V> entry, PutCondition condition, SpaceState state) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      SpaceView view = state.view();
      if (view == null) {
        throw new IllegalStateException("The space is not open");
      }
      Boolean done = attempt(key, entry, condition, view);
      if (done != null) {
        return done;
      }
    }
    throw new CacheLevelException("Others changed the key too often");
  }

  /** Whether it was put; null if the slot changed while it was looked at. */
  private @Nullable Boolean attempt(
      byte[] key, CacheEntry<V> entry, PutCondition condition, SpaceView view) {
    long lifespan = Entries.lifespan(entry.lifetime(), clock.millis());
    byte[] cell = cells.entry(entry, view.generation());
    if (lifespan <= 0 || cell.length + key.length > maxBytes) {
      // It gives way at once, and what was loaded before is as outdated as by any other put.
      cell = cells.voided(Marks.next(), view.generation());
      lifespan = guard.toMillis();
    }
    long idle = Cells.isOfEntry(cell) ? entry.lifetime().idleMillis() : 0;
    if (condition instanceof PutCondition.Always) {
      entries.put(key, cell, lifespan, idle);
      return true;
    }
    if (admitsVacancy(condition, view) && entries.putIfAbsent(key, cell, lifespan, idle) == null) {
      return true;
    }
    byte[] old = entries.get(key);
    if (!admits(condition, old, view)) {
      return false;
    }
    return (old != null && entries.replace(key, old, cell, lifespan, idle)) ? true : null;
  }

  private boolean admits(PutCondition condition, byte @Nullable [] old, SpaceView view) {
    long now = clock.millis();
    if (condition instanceof PutCondition.IfMark seen) {
      return cells.mark(old, view, now) == seen.mark();
    }
    return !cells.isServed(old, view, now);
  }

  private static boolean admitsVacancy(PutCondition condition, SpaceView view) {
    return !(condition instanceof PutCondition.IfMark seen) || seen.mark() == view.vacancy();
  }

  /** Leaves a mark in place of a cell that can't be read; false if it is not there any more. */
  boolean replaceCorrupt(byte[] key, byte[] cell, SpaceView view, long mark) {
    byte[] voided = cells.voided(mark, view.generation());
    return entries.replace(key, cell, voided, guard.toMillis(), 0);
  }

  boolean voidKey(byte[] key, SpaceView view) {
    byte[] cell = cells.voided(Marks.next(), view.generation());
    byte[] old = entries.swap(key, cell, guard.toMillis());
    return cells.isServed(old, view, clock.millis());
  }
}
