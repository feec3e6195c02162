package org.muster.storage.cached;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.muster.cache.CacheKey;
import org.muster.cache.twolevel.TwoLevelCache;
import org.muster.storage.Linked;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/** The stamps of what documents show of others. */
final class Stamps {
  /** To look after more costs more than to read the document. */
  static final int MOST = 256;

  private final TwoLevelCache<CachedEntry> cache;

  Stamps(TwoLevelCache<CachedEntry> cache) {
    this.cache = cache;
  }

  /** The documents of which something is shown in this one. */
  static Set<StorageKey> shownIn(Stored stored) {
    Set<StorageKey> shown = new LinkedHashSet<>();
    for (Linked link : stored.links()) {
      shown.add(link.other());
    }
    return shown;
  }

  /** Whether nothing of what the document shows of others has changed since it was read. */
  boolean areAsIn(CachedDocument document) {
    List<CachedDocument.Shown> shown = document.shown();
    for (int i = 0; i < shown.size(); i++) {
      CachedDocument.Shown each = shown.get(i);
      CacheKey where = each.where();
      if (where == null
          || !(cache.getIfPresent(where).orElse(null) instanceof Stamp stamp)
          || stamp.id() != each.id()) {
        return false;
      }
    }
    return true;
  }

  /** One look at the stamps that a document needs. */
  final class Look {
    /** What was there before the document was read last. */
    private Map<CacheKey, Long> before = Map.of();

    /**
     * The stamps of all that is shown in what was read, if each was there before the reading began:
     * what was changed before it was made would else not be noticed. If not, the document is to be
     * read again.
     *
     * @param startNanos when the reading began
     */
    Optional<List<CachedDocument.Shown>> of(Set<StorageKey> keys, long startNanos) {
      Map<CacheKey, Long> now = new HashMap<>();
      List<CachedDocument.Shown> shown = new ArrayList<>();
      for (StorageKey key : keys) {
        CacheKey where = Places.stamp(key);
        Stamp stamp = present(where);
        now.put(where, stamp.id());
        Long known = before.get(where);
        boolean early = stamp.wasThereBefore(startNanos);
        if (early || (known != null && known == stamp.id())) {
          shown.add(new CachedDocument.Shown(where, stamp.id()));
        }
      }
      before = now;
      return shown.size() == keys.size() ? Optional.of(shown) : Optional.empty();
    }
  }

  Look look() {
    return new Look();
  }

  private Stamp present(CacheKey where) {
    return cache.get(where, key -> Optional.of(fresh())).orElse(null) instanceof Stamp stamp
        ? stamp
        : fresh();
  }

  private static Stamp fresh() {
    return new Stamp(ThreadLocalRandom.current().nextLong());
  }
}
