package org.muster.cache;

import java.util.Optional;

/**
 * What was seen under a key: an entry, nothing, or that something was voided there a moment ago. A
 * value that was loaded after a slot was seen may be put if the slot is unchanged: then nobody has
 * voided the key since.
 *
 * @param entry what is served
 * @param mark 0 if nothing is there, the version of the entry if one is, else the mark that was
 *     left by who voided it, a negative number that no other one has
 */
public record Slot<V>(Optional<CacheEntry<V>> entry, long mark) {
  private static final Slot<?> VACANT = new Slot<>(Optional.empty(), 0);

  /** Nothing is there. */
  @SuppressWarnings("unchecked")
  public static <V> Slot<V> vacant() {
    return (Slot<V>) VACANT;
  }

  /** An entry is there. */
  public static <V> Slot<V> of(CacheEntry<V> entry) {
    return new Slot<>(Optional.of(entry), entry.version());
  }

  /** What was there has been voided. */
  public static <V> Slot<V> voided(long mark) {
    return new Slot<>(Optional.empty(), mark);
  }
}
