package org.muster.storage.cached;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheKey;
import org.muster.cache.twolevel.Loader;
import org.muster.cache.twolevel.TwoLevelCache;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkSelector;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/** Reads a document for the cache, so that it can be told later whether it is still current. */
final class Reading implements Loader<CachedEntry> {
  private static final int ATTEMPTS = 3;

  private final StorageProvider storage;
  private final TwoLevelCache<CachedEntry> cache;
  private final Stamps stamps;
  private final IntSupplier epoch;
  private final StorageKey key;
  private final List<LinkSelector> selectors;
  private boolean done;
  private @Nullable CachedDocument own;

  Reading(
      StorageProvider storage,
      TwoLevelCache<CachedEntry> cache,
      Stamps stamps,
      IntSupplier epoch,
      StorageKey key,
      List<LinkSelector> selectors) {
    this.storage = storage;
    this.cache = cache;
    this.stamps = stamps;
    this.epoch = epoch;
    this.key = key;
    this.selectors = selectors;
  }

  /** Whether it has read; then what it has read is the answer. */
  boolean isDone() {
    return done;
  }

  /** What it has read; empty if there is no such document. */
  Optional<CachedDocument> own() {
    return Optional.ofNullable(own);
  }

  @Override
  public Optional<CachedEntry> load(CacheKey where) {
    Stamps.Look look = stamps.look();
    int now = epoch.getAsInt();
    for (int i = 0; i < ATTEMPTS; i++) {
      long startNanos = System.nanoTime();
      Optional<Stored> read = storage.get(key, selectors).map(Reading::lean);
      done = true;
      if (read.isEmpty()) {
        own = null;
        return Optional.empty();
      }
      Stored stored = read.get();
      own = new CachedDocument(stored, selectors, CachedDocument.UNSETTLED, now);
      Set<StorageKey> shown = Stamps.shownIn(stored);
      if (shown.size() > Stamps.MOST) {
        return Optional.of(new TooWide());
      }
      if (!cache.isHeard()) {
        break; // what is read past the cache is not kept
      }
      Optional<List<CachedDocument.Shown>> found = look.of(shown, startNanos);
      if (found.isPresent()) {
        own = new CachedDocument(stored, selectors, found.get(), now);
        break;
      }
    }
    return Optional.ofNullable(own);
  }

  /** With a document that does not hold on to what is made of its text. */
  private static Stored lean(Stored stored) {
    return new Stored(
        stored.key(),
        stored.version(),
        stored.created(),
        stored.modified(),
        stored.label(),
        JsonDocument.ofKeptText(stored.document().text()),
        stored.links());
  }
}
