package org.muster.cache.twolevel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheSpace;

/** What reads past level 1 came to; hits of level 1 are counted there alone. */
final class Counters {
  private static final int MAX_SPACES = 10_000;

  private final OfSpace gone = new OfSpace();
  private final Cache<CacheSpace, OfSpace> spaces;

  Counters() {
    this(MAX_SPACES);
  }

  /** With so many spaces by themselves. */
  Counters(int maxSpaces) {
    spaces =
        Caffeine.newBuilder()
            .maximumSize(maxSpaces)
            .executor(Runnable::run)
            .evictionListener(
                (@Nullable CacheSpace space, @Nullable OfSpace counted, RemovalCause cause) ->
                    keep(counted))
            .build();
  }

  private void keep(@Nullable OfSpace counted) {
    if (counted != null) {
      synchronized (gone) {
        counted.isGone = true;
        gone.add(counted);
      }
    }
  }

  /** Those of all spaces. */
  OfSpace total() {
    OfSpace sum = new OfSpace();
    synchronized (gone) { // or a space that gives way would be counted twice, or not at all
      sum.add(gone);
      spaces.asMap().values().stream().filter(each -> !each.isGone).forEach(sum::add);
    }
    return sum;
  }

  OfSpace of(CacheSpace space) {
    return spaces.get(space, each -> new OfSpace());
  }

  @Nullable OfSpace ifPresent(CacheSpace space) {
    return spaces.getIfPresent(space);
  }

  /** Those of one space. */
  static final class OfSpace {
    /** Reads that joined one that found the value in level 1 after all. */
    final LongAdder joinedFirst = new LongAdder();

    final LongAdder second = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder loads = new LongAdder();
    final LongAdder loadFailures = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder late = new LongAdder();

    /** Calls that level 2 did not answer. */
    final LongAdder failures = new LongAdder();

    /** Whether it is added to what is gone; guarded by the lock of that. */
    private boolean isGone;

    private void add(OfSpace other) {
      joinedFirst.add(other.joinedFirst.sum());
      second.add(other.second.sum());
      misses.add(other.misses.sum());
      loads.add(other.loads.sum());
      loadFailures.add(other.loadFailures.sum());
      stale.add(other.stale.sum());
      late.add(other.late.sum());
      failures.add(other.failures.sum());
    }

    void read(Outcome.Source source, boolean isLeader) {
      switch (source) {
        case FIRST -> joinedFirst.add(isLeader ? 0 : 1);
        case SECOND -> second.increment();
        case LOADED, NOWHERE -> misses.increment();
        case STALE -> {
          misses.increment();
          stale.increment();
        }
      }
    }
  }
}
