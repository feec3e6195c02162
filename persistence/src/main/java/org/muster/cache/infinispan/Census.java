package org.muster.cache.infinispan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.muster.cache.CacheSpace;
import org.muster.cache.coded.CellHeader;
import org.muster.cache.coded.CellKeys;
import org.muster.cache.coded.Cells;
import org.muster.cache.coded.SpaceStates;
import org.muster.cache.coded.SpaceView;

/**
 * How many entries a node's memory has of each space, by looking at all of them. What was counted
 * is good for twenty times as long as counting took over 50 ms. Thread-safe.
 */
final class Census {
  /** Entries and what they weigh. */
  record Count(long entries, long bytes) {
    static final Count NONE = new Count(0, 0);

    Count and(long more) {
      return new Count(entries + 1, bytes + more);
    }
  }

  private static final int SHARE = 20;
  private static final long FREE_NANOS = 50_000_000;

  private final Entries entries;
  private final SpaceStates spaces;
  private Map<CacheSpace, Count> counts = Map.of();
  private long validUntilNanos = System.nanoTime();

  Census(Entries entries, SpaceStates spaces) {
    this.entries = entries;
    this.spaces = spaces;
  }

  synchronized Count of(CacheSpace space) {
    long begin = System.nanoTime();
    if (begin - validUntilNanos >= 0) {
      counts = count();
      long end = System.nanoTime();
      long over = end - begin - FREE_NANOS;
      validUntilNanos = over > 0 ? end + SHARE * over : begin;
    }
    return counts.getOrDefault(space, Count.NONE);
  }

  private Map<CacheSpace, Count> count() {
    Map<String, Count> byName = new HashMap<>();
    Map<String, Optional<SpaceView>> views = new HashMap<>();
    entries.forEachHere(
        (key, cell) -> {
          String name = CellKeys.spaceName(key);
          if (name != null && Cells.isOfEntry(cell) && isCurrent(views, name, cell)) {
            byName.merge(
                name,
                new Count(1, key.length + (long) cell.length),
                (some, one) -> some.and(one.bytes()));
          }
        });
    Map<CacheSpace, Count> all = new HashMap<>();
    byName.forEach((name, count) -> all.put(CellKeys.space(name), count));
    return all;
  }

  private boolean isCurrent(Map<String, Optional<SpaceView>> views, String name, byte[] cell) {
    return views
        .computeIfAbsent(name, each -> Optional.ofNullable(spaces.of(CellKeys.space(each)).view()))
        .filter(view -> view.generation() == CellHeader.generation(cell))
        .isPresent();
  }
}
