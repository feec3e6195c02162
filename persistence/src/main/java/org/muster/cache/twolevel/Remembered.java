package org.muster.cache.twolevel;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to be voided in a level before it is used again: at most so many things, beyond that
 * everything. Not thread-safe.
 */
final class Remembered {
  private static final Voiding ALL = new Voiding.OfAll();

  private final int most;
  private final Set<Voiding> voidings = new LinkedHashSet<>();

  Remembered(int most) {
    this.most = most;
  }

  void add(Voiding voiding) {
    if (!voidings.contains(ALL)) {
      voidings.add(voiding);
      if (voiding.equals(ALL) || voidings.size() > most) {
        voidings.clear();
        voidings.add(ALL);
      }
    }
  }

  /**
   * Takes out what is to be done next; null if nothing is left. It is taken out before it is done:
   * what is voided once more meanwhile has to be done once more.
   */
  @Nullable Voiding poll() {
    Iterator<Voiding> all = voidings.iterator();
    if (!all.hasNext()) {
      return null;
    }
    Voiding next = all.next();
    all.remove();
    return next;
  }
}
