package org.muster.cache.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevelException;
import org.muster.cache.Lifetime;
import org.muster.cache.PutCondition;
import org.muster.cache.coded.CellHeader;
import org.muster.cache.coded.Cells;
import org.muster.cache.coded.Marks;
import org.muster.cache.coded.SpaceState;
import org.muster.cache.coded.SpaceView;

/** Puts and voids by a script, which looks at the slot and writes the cell in one step. */
final class RedisWrites<V> {
  private static final int ATTEMPTS = 10;
  private static final byte[] NONE = new byte[0];
  private static final byte[] ALWAYS = {'A'};
  private static final byte[] IF_VACANT = {'V'};
  private static final byte[] IF_MARK = {'M'};
  private static final byte[] ANY_TIME = {'0'};

  /** Longer is for ever, so that no sum of Redis overflows. */
  private static final long MOST_MILLIS = Duration.ofDays(36_500).toMillis();

  private final Cells<V> cells;
  private final Clock clock;
  private final Duration guard;
  private final long maxBytes;
  private final Generations generations;

  RedisWrites(Cells<V> cells, Clock clock, Duration guard, long maxBytes, Generations generations) {
    this.generations = generations;
    this.cells = cells;
    this.clock = clock;
    this.guard = guard;
    this.maxBytes = maxBytes;
  }

  boolean put(
      RedisSession session,
      CacheKey key,
      CacheEntry<V> entry,
      PutCondition condition,
      SpaceState state) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      SpaceView view = generations.present(session, key.space(), state);
      if (condition instanceof PutCondition.IfMark seen && isOutdated(seen.mark(), view)) {
        return false;
      }
      byte[] cell = cells.entry(entry, view.generation());
      long millis = millis(entry.lifetime(), clock.millis());
      byte[] time = millis == Long.MAX_VALUE ? ANY_TIME : decimal(millis);
      if (millis <= 0 || cell.length > maxBytes) {
        // It gives way at once, and what was loaded before is as outdated as by any other put.
        cell = cells.voided(Marks.next(), view.generation());
        time = decimal(guard.toMillis());
      }
      byte[] said = write(session, key, view, kind(condition), mark(condition, view), cell, time);
      if (isDecided(said)) {
        return said[0] != '0';
      }
      generations.changed(session, key.space(), state, generation(said));
      if (condition instanceof PutCondition.IfMark) {
        return false;
      }
    }
    throw new CacheLevelException("The space was cleared too often");
  }

  /** What was seen where nothing was, before a clear that this node has heard of since. */
  private static boolean isOutdated(long mark, SpaceView view) {
    return mark == 0 && view.vacancy() != 0;
  }

  boolean voidKey(RedisSession session, CacheKey key, SpaceState state) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      SpaceView view = generations.present(session, key.space(), state);
      byte[] cell = cells.voided(Marks.next(), view.generation());
      byte[] said = write(session, key, view, ALWAYS, NONE, cell, decimal(guard.toMillis()));
      if (isDecided(said)) {
        return said[0] == '2';
      }
      generations.changed(session, key.space(), state, generation(said));
    }
    throw new CacheLevelException("The space was cleared too often");
  }

  private static byte[] write(
      RedisSession session,
      CacheKey key,
      SpaceView view,
      byte[] kind,
      byte[] mark,
      byte[] cell,
      byte[] time) {
    RedisNames names = session.names();
    return session.say(
        Script.WRITE,
        new byte[][] {
          names.generation(key.space()),
          names.cell(key),
          names.index(key.space(), view.generation())
        },
        CellHeader.bytes(view.generation()),
        kind,
        mark,
        cell,
        time,
        RedisNames.bytes(key.text()));
  }

  /** Leaves a mark in place of a cell that can't be read, if it is still there. */
  boolean replaceCorrupt(
      RedisSession session, CacheKey key, byte[] cell, SpaceView view, long mark) {
    RedisNames names = session.names();
    byte[] said =
        session.say(
            Script.REPLACE,
            new byte[][] {names.cell(key), names.index(key.space(), view.generation())},
            cell,
            cells.voided(mark, view.generation()),
            decimal(guard.toMillis()),
            RedisNames.bytes(key.text()));
    return said[0] == '1';
  }

  private static boolean isDecided(byte[] said) {
    return said[0] != 'N' && said[0] != 'G';
  }

  private static byte @Nullable [] generation(byte[] said) {
    return said[0] == 'N' ? null : Arrays.copyOfRange(said, 1, said.length);
  }

  private static byte[] kind(PutCondition condition) {
    if (condition instanceof PutCondition.IfMark) {
      return IF_MARK;
    }
    return condition instanceof PutCondition.IfVacant ? IF_VACANT : ALWAYS;
  }

  private static byte[] mark(PutCondition condition, SpaceView view) {
    return condition instanceof PutCondition.IfMark seen && seen.mark() != view.vacancy()
        ? CellHeader.bytes(seen.mark())
        : NONE;
  }

  /** How long Redis keeps an entry; not positive if its life is over, the largest for ever. */
  static long millis(Lifetime lifetime, long nowMillis) {
    long expires =
        lifetime.expiresMillis() == Lifetime.NEVER
            ? Long.MAX_VALUE
            : lifetime.expiresMillis() - nowMillis;
    long idle = lifetime.idleMillis() == 0 ? Long.MAX_VALUE : lifetime.idleMillis();
    long least = Math.min(expires, idle);
    return least > MOST_MILLIS ? Long.MAX_VALUE : least;
  }

  private static byte[] decimal(long number) {
    return RedisNames.bytes(Long.toString(number));
  }
}
