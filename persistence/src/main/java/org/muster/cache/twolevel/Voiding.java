package org.muster.cache.twolevel;

import java.util.Optional;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheSpace;

/** What is to be voided. */
sealed interface Voiding {

  /** Of which space it is; empty for all. */
  Optional<CacheSpace> space();

  /** Does it; how many entries there were. */
  long in(CacheLevel<?> level);

  /** One key. */
  record OfKey(CacheKey key) implements Voiding {
    @Override
    public Optional<CacheSpace> space() {
      return Optional.of(key.space());
    }

    @Override
    public long in(CacheLevel<?> level) {
      return level.voidKey(key) ? 1 : 0;
    }
  }

  /** All keys of a space. */
  record OfSpace(CacheSpace name) implements Voiding {
    @Override
    public Optional<CacheSpace> space() {
      return Optional.of(name);
    }

    @Override
    public long in(CacheLevel<?> level) {
      return level.clear(name);
    }
  }

  /** All keys. */
  record OfAll() implements Voiding {
    @Override
    public Optional<CacheSpace> space() {
      return Optional.empty();
    }

    @Override
    public long in(CacheLevel<?> level) {
      level.clearAll();
      return 0;
    }
  }
}
