package org.muster.storage.cached;

/**
 * Says that what others show of a document has not changed since: a document that was read when the
 * stamp was there is current as long as it is. Who changes what is shown removes the stamp; none is
 * ever there again.
 */
final class Stamp implements CachedEntry {
  private final long id;
  private volatile long sinceNanos;
  private volatile boolean found;

  /**
   * One that nobody has found in the cache yet.
   *
   * @param id a number that no other stamp has
   */
  Stamp(long id) {
    this.id = id;
  }

  long id() {
    return id;
  }

  /**
   * Whether this node had found it in the cache before that moment; to be asked when it was found
   * there. When it was made says nothing: it may have been put much later.
   */
  boolean wasThereBefore(long nanos) {
    if (!found) {
      sinceNanos = System.nanoTime();
      found = true;
      return false;
    }
    return sinceNanos - nanos < 0;
  }
}
