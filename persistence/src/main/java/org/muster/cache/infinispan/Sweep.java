package org.muster.cache.infinispan;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.muster.cache.CacheSpace;
import org.muster.cache.coded.CellHeader;
import org.muster.cache.coded.CellKeys;
import org.muster.cache.coded.Cells;
import org.muster.cache.coded.SpaceView;

/** Removes entries that are not served any more. Marks stay, their guard ends by itself. */
final class Sweep {
  private final Entries entries;
  private final Clock clock;

  Sweep(Entries entries, Clock clock) {
    this.entries = entries;
    this.clock = clock;
  }

  /** Removes what was written under a generation; how many entries were served. */
  long run(CacheSpace space, long generation) {
    String name = CellKeys.name(space);
    List<Map.Entry<byte[], byte[]>> outdated = new ArrayList<>();
    entries.forEach(
        (key, cell) -> {
          if (Cells.isOfEntry(cell)
              && CellHeader.generation(cell) == generation
              && name.equals(CellKeys.spaceName(key))) {
            outdated.add(Map.entry(key, cell));
          }
        });
    long now = clock.millis();
    long served = 0;
    for (Map.Entry<byte[], byte[]> each : outdated) {
      if (entries.remove(each.getKey(), each.getValue())
          && now < CellHeader.expiresMillis(each.getValue())) {
        served++;
      }
    }
    return served;
  }

  /** Removes what has expired on this node, and what a clear has left; counts the former. */
  long cleanUp(CacheSpace space, SpaceView view) {
    String name = CellKeys.name(space);
    AtomicLong expired = new AtomicLong();
    List<Map.Entry<byte[], byte[]>> outdated = new ArrayList<>();
    entries.expire(
        (key, cell) -> {
          if (isCurrent(cell, view) && name.equals(CellKeys.spaceName(key))) {
            expired.incrementAndGet();
          }
        });
    entries.forEachHere(
        (key, cell) -> {
          if (Cells.isOfEntry(cell)
              && !isCurrent(cell, view)
              && name.equals(CellKeys.spaceName(key))) {
            outdated.add(Map.entry(key, cell));
          }
        });
    outdated.forEach(each -> entries.remove(each.getKey(), each.getValue()));
    return expired.get();
  }

  private static boolean isCurrent(byte[] cell, SpaceView view) {
    return Cells.isOfEntry(cell) && CellHeader.generation(cell) == view.generation();
  }
}
