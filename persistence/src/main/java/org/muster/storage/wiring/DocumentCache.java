package org.muster.storage.wiring;

import java.time.Duration;
import java.util.List;
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
 * @param behind which are acknowledged before the store has them, if any are
 */
public record DocumentCache(
    Optional<TwoLevelCache<CachedEntry>> cache,
    CachedStorage.Mode mode,
    Optional<BehindOptions> behind) {
  private static final String MODE = "muster.cache.documents.mode";
  private static final String WRITE_BEHIND = "write-behind";

  /** A node that dies after a commit and before it has told may leave others what is old. */
  private static final Duration TTL = Duration.ofMinutes(10);

  private static final int HEAP_PART = 8;

  /**
   * The configured one.
   *
   * @throws IllegalStateException if that is not allowed, or contradicts itself
   */
  static DocumentCache of(Caches caches, Settings settings) {
    String mode = mode(settings);
    boolean isBehind = mode.equals(WRITE_BEHIND);
    Optional<BehindOptions> behind =
        isBehind ? Optional.of(BehindOptions.of(settings)) : Optional.empty();
    Optional<TwoLevelCache<CachedEntry>> cache =
        caches.open(
            new CacheUse<>(
                "documents",
                new EntryCodec(),
                new EntryWeight(),
                CacheUse.Usual.part(HEAP_PART).ttl(TTL),
                StorageException.Unavailable.class::isInstance));
    if (isBehind && cache.isEmpty()) {
      throw new IllegalStateException(
          MODE + "=" + WRITE_BEHIND + " takes muster.cache.documents.levels other than off");
    }
    return new DocumentCache(
        cache,
        mode.equals("invalidate")
            ? CachedStorage.Mode.INVALIDATE
            : CachedStorage.Mode.WRITE_THROUGH,
        behind);
  }

  private static String mode(Settings settings) {
    String mode =
        settings.choice(MODE, List.of("invalidate", "write-through", WRITE_BEHIND), "invalidate");
    if (!mode.equals(WRITE_BEHIND)) {
      BehindOptions.requireNone(settings, MODE);
    }
    return mode;
  }

  /**
   * No cache.
   *
   * @throws IllegalStateException if something is configured that takes one
   */
  static DocumentCache none(Settings settings) {
    if (mode(settings).equals(WRITE_BEHIND)) {
      throw new IllegalStateException(
          MODE
              + "="
              + WRITE_BEHIND
              + " is not allowed with muster.storage.backend=memory or"
              + " muster.storage.serving=memory");
    }
    return new DocumentCache(Optional.empty(), CachedStorage.Mode.INVALIDATE, Optional.empty());
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
