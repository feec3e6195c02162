package org.muster.storage.cached;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheKey;
import org.muster.cache.twolevel.TwoLevelCache;
import org.muster.kernel.TenantId;
import org.muster.sql.Transactions;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.LinkSelector;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * Keeps documents that are read by key, with the links that were wanted, and forgets them when they
 * are written, after the commit and before the writer is told. A transaction that has written reads
 * past the cache; one that is rolled back leaves nothing in it. All other reads go to the store.
 *
 * <p>A document shows something of others: their labels, and over further links what links to them.
 * Each of these has a {@link Stamp}, which goes when that changes, and with it all documents that
 * were read under it.
 */
public final class CachedStorage extends ForwardingStorage {
  private static final int ATTEMPTS = 3;
  private static final int MOST_SELECTORS = 8;

  private final StorageProvider delegate;
  private final TwoLevelCache<CachedEntry> cache;
  private final Stamps stamps;
  private final Transactions transactions;
  private final IntSupplier epoch;
  private final boolean writesThrough;

  /** What becomes of a document in the cache when it is written. */
  public enum Mode {
    /** It is forgotten. */
    INVALIDATE,
    /** What was written takes its place, where that can be told without reading; else as above. */
    WRITE_THROUGH
  }

  /**
   * A store in front of which is a cache that nothing else uses.
   *
   * @param transactions those that the store writes in; {@link Transactions#NONE} if it writes in
   *     none
   * @param epoch a number that changes when other documents take the place of all there are
   */
  public CachedStorage(
      StorageProvider delegate,
      TwoLevelCache<CachedEntry> cache,
      Mode mode,
      Transactions transactions,
      IntSupplier epoch) {
    super(delegate);
    this.delegate = delegate;
    this.cache = cache;
    this.stamps = new Stamps(cache);
    this.transactions = transactions;
    this.epoch = epoch;
    this.writesThrough = mode == Mode.WRITE_THROUGH;
  }

  @Override
  public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
    if (hasWritten() || !CachedDocument.canHave(expand)) {
      return delegate.get(key, expand);
    }
    CacheKey where = Places.document(key);
    List<LinkSelector> wanted = expand;
    for (int i = 0; i < ATTEMPTS; i++) {
      Reading reading = new Reading(delegate, cache, stamps, epoch, key, wanted);
      Optional<CachedEntry> found = cache.get(where, reading);
      if (reading.isDone()) {
        return reading.own().map(own -> own.view(expand));
      }
      if (found.isEmpty()) {
        return Optional.empty();
      }
      if (!(found.get() instanceof CachedDocument document)) {
        break;
      }
      boolean current = document.epoch() == epoch.getAsInt() && stamps.areAsIn(document);
      if (current && document.has(expand)) {
        return Optional.of(document.view(expand));
      }
      wanted = CachedDocument.united(document.selectors(), expand);
      if (wanted.size() > MOST_SELECTORS || !CachedDocument.canHave(wanted)) {
        wanted = expand;
      }
      cache.voidKey(where);
    }
    return delegate.get(key, expand);
  }

  private boolean hasWritten() {
    return transactions.kept(this) != null;
  }

  @Override
  public Applied apply(Batch batch) {
    boolean joined = transactions.current() != null;
    if (joined) {
      transactions.keep(this, true);
    }
    Optional<Rewriting> rewriting =
        writesThrough
            ? Optional.of(new Rewriting(cache, batch, epoch.getAsInt()))
            : Optional.empty();
    AtomicReference<Applied> done = new AtomicReference<>();
    if (joined) {
      // before the store has its own told, so that nobody who is told reads what is old
      transactions.whenDecided(committed -> tell(rewriting, batch, done.get(), committed));
    }
    try {
      Applied applied = delegate.apply(batch);
      done.set(applied);
      if (!joined) {
        tell(rewriting, batch, applied, true);
      }
      return applied;
    } catch (StorageException.Conflict e) {
      Voiding.ofBasis(batch).in(cache); // what it was made of may have been read too early
      throw e;
    } catch (StorageException.Unavailable e) {
      if (!joined) {
        Voiding.clear(cache, batch.tenant()); // it may have been done
      }
      throw e;
    }
  }

  private void tell(
      Optional<Rewriting> rewriting, Batch batch, @Nullable Applied applied, boolean committed) {
    if (applied == null) {
      return; // it was refused
    }
    Set<StorageKey> current = Set.of();
    try {
      if (committed && rewriting.isPresent()) {
        current = rewriting.get().done(applied);
      }
    } finally {
      Voiding.of(batch, applied).but(current).in(cache);
    }
  }

  @Override
  public long erase(TenantId tenant, int most) {
    if (transactions.current() != null) {
      transactions.keep(this, true);
      transactions.whenEnded(() -> Voiding.clear(cache, tenant));
      return delegate.erase(tenant, most);
    }
    try {
      return delegate.erase(tenant, most);
    } finally {
      Voiding.clear(cache, tenant);
    }
  }
}
