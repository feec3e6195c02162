package org.muster.storage.cached;

/**
 * Says that what others show of a document has not changed since: a document that was read when the
 * stamp was there is current as long as it is. Who changes what is shown removes the stamp; none is
 * ever there again.
 *
 * @param id a number that no other stamp has
 * @param sinceNanos when this node had it first, by its {@link System#nanoTime}
 */
record Stamp(long id, long sinceNanos) implements CachedEntry {

  /** One that this node has from now on. */
  static Stamp of(long id) {
    return new Stamp(id, System.nanoTime());
  }
}
