package org.muster.cache.twolevel;

import java.util.Optional;

/** What a read came to, and where from. */
record Outcome<V>(Optional<V> value, Source source) {
  /** Where a value comes from. */
  enum Source {
    FIRST,
    SECOND,
    LOADED,
    /** Loading failed, and an older value was served. */
    STALE,
    /** It was in no level, and nobody was there to load it. */
    NOWHERE
  }

  static <V> Outcome<V> nowhere() {
    return new Outcome<>(Optional.empty(), Source.NOWHERE);
  }
}
