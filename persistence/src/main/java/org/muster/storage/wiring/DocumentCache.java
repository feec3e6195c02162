package org.muster.storage.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.muster.cache.config.CacheUse;
import org.muster.cache.config.Caches;
import org.muster.cache.twolevel.TwoLevelCache;
import org.muster.config.Settings;
import org.muster.sql.Transactions;
import org.muster.storage.StorageException;
import org.muster.storage.StorageProvider;
import org.muster.storage.cached.CachedEntry;
import org.muster.storage.cached.CachedStorage;
import org.muster.storage.cached.EntryCodec;
import org.muster.storage.cached.EntryWeight;

/**
 * The cache in front of the documents, if there is one.
 *
 * @param cache empty if it is switched off, or the documents are read from the heap anyway
 * @param mode what becomes of documents in it that are written
 */
public record DocumentCache(Optional<TwoLevelCache<CachedEntry>> cache, CachedStorage.Mode mode) {
  private static final String MODE = "muster.cache.documents.mode";

  /** A node that dies after a commit and before it has told may leave others what is old. */
  private static final Duration TTL = Duration.ofMinutes(10);

  private static final int HEAP_PART = 8;

  /** The configured one. */
  static DocumentCache of(Caches caches, Settings settings) {
    String mode = settings.choice(MODE, List.of("invalidate", "write-through"), "invalidate");
    return new DocumentCache(
        caches.open(
            new CacheUse<>(
                "documents",
                new EntryCodec(),
                new EntryWeight(),
                CacheUse.Usual.part(HEAP_PART).ttl(TTL),
                StorageException.Unavailable.class::isInstance)),
        CachedStorage.Mode.valueOf(mode.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  /** No cache. */
  static DocumentCache none() {
    return new DocumentCache(Optional.empty(), CachedStorage.Mode.INVALIDATE);
  }

  /** Whether documents are kept. */
  public boolean isOn() {
    return cache.isPresent();
  }

  /** The store with the cache in front of it. */
  StorageProvider over(StorageProvider storage, Transactions transactions, IntSupplier epoch) {
    return cache
        .<StorageProvider>map(kept -> new CachedStorage(storage, kept, mode, transactions, epoch))
        .orElse(storage);
  }
}
