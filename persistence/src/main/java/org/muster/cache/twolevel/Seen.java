package org.muster.cache.twolevel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheEntry;
import org.muster.cache.Slot;

/**
 * What was seen under a key before it was written elsewhere.
 *
 * @param startNanos when
 * @param first what level 1 has
 * @param second what level 2 has; null if there is none, or it does not answer
 */
public record Seen<V>(long startNanos, Slot<V> first, @Nullable Slot<V> second) {

  /** The value that was there, in one of the levels. */
  public Optional<V> value() {
    Optional<CacheEntry<V>> entry =
        first.entry().isPresent() || second == null ? first.entry() : second.entry();
    return entry.flatMap(CacheEntry::value);
  }
}
