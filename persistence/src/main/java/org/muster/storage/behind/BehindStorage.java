package org.muster.storage.behind;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.sql.Transactions;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Buried;
import org.muster.storage.Change;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.Found;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.Query;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.Tombstone;
import org.muster.storage.TombstoneQuery;

/**
 * Acknowledges a write of one document as soon as a log on this node has it, and has the store
 * follow. Only documents of some collections, and only where the write changes nothing else: no
 * claim, no link, no other document. All other writes find in the store what was acknowledged
 * before, and go to it at once.
 *
 * <p>On this node nobody can tell: documents by key are read from what is pending, and who reads
 * otherwise waits until the store has it. Other nodes see the store.
 */
public final class BehindStorage extends ForwardingStorage {
  private static final Logger LOG = System.getLogger(BehindStorage.class.getName());

  private final StorageProvider delegate;
  private final Set<String> collections;
  private final Transactions transactions;
  private final Behind behind;

  /**
   * A store in front of which writes are pending.
   *
   * @param delegate also serves what is not pending; what it gives by key should be fast
   * @param transactions those that it writes in; {@link Transactions#NONE} if it writes in none
   */
  public BehindStorage(StorageProvider delegate, Transactions transactions, Behind behind) {
    super(delegate);
    this.delegate = delegate;
    this.collections = behind.collections();
    this.transactions = transactions;
    this.behind = behind;
  }

  /** What a transaction has written here. */
  private static final class Written {
    private @Nullable Early early;
  }

  @Override
  public Applied apply(Batch batch) {
    if (written() != null) {
      settle();
      return through(batch);
    }
    Optional<Change.Put> simple = behind.acknowledging().simple(batch);
    if (simple.isPresent() && behind.hasRoom()) {
      Optional<Early> early = behind.acknowledging().write(batch, simple.get());
      if (early.isPresent()) {
        return acknowledged(early.get());
      }
    }
    return through(batch);
  }

  private @Nullable Written written() {
    return (Written) transactions.kept(this);
  }

  private Applied acknowledged(Early early) {
    if (transactions.current() == null) {
      early.decide(true);
    } else {
      boolean isKept = false;
      try {
        Written written = new Written();
        written.early = early;
        transactions.keep(this, written);
        transactions.whenDecided(early::decide);
        isKept = true;
      } finally {
        if (!isKept) {
          early.decide(false);
        }
      }
    }
    return Acknowledging.applied(early.write());
  }

  /** Has the store do what the transaction alone was to do, since it does more now. */
  private void settle() {
    Written written = written();
    Early early = written == null ? null : written.early;
    if (written != null && early != null) {
      written.early = null;
      early.decide(false);
      through(early.write().batch());
    }
  }

  private Applied through(Batch batch) {
    boolean isJoined = transactions.current() != null;
    if (isJoined && written() == null) {
      transactions.keep(this, new Written());
    }
    if (!meddles(batch)) {
      return delegate.apply(batch);
    }
    TenantId tenant = batch.tenant();
    behind.pending().turns().goThrough(tenant);
    boolean isLeft = false;
    try {
      Applied applied = delegate.apply(batch);
      if (isJoined) {
        // after what the store has registered: what was read before is forgotten by then
        transactions.whenDecided(committed -> ended(batch, committed));
        isLeft = true;
      } else {
        forgetPurged(batch);
      }
      return applied;
    } finally {
      if (!isLeft) {
        behind.pending().turns().leave(tenant);
      }
    }
  }

  private void ended(Batch batch, boolean committed) {
    try {
      if (committed) {
        forgetPurged(batch);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Dead letters of what was purged can't be removed", e);
    } finally {
      behind.pending().turns().leave(batch.tenant());
    }
  }

  /** Nothing is left of what was purged. */
  private void forgetPurged(Batch batch) {
    for (Change change : batch.changes()) {
      if (change instanceof Change.Purge) {
        behind.forget(change.key());
      }
    }
  }

  /**
   * Whether a batch may have to do with documents that are acknowledged early. What a delete does
   * to those that link to the document nobody knows before.
   */
  private boolean meddles(Batch batch) {
    return batch.preconditions().keySet().stream().anyMatch(this::isEarly)
        || batch.changes().stream()
            .anyMatch(
                change ->
                    change instanceof Change.Delete
                        || isEarly(change.key())
                        || targets(change).stream().anyMatch(this::isEarly));
  }

  private static List<StorageKey> targets(Change change) {
    if (change instanceof Change.AddLinks add) {
      return add.targets();
    }
    return change instanceof Change.ReplaceLinks replace ? replace.targets() : List.of();
  }

  private boolean isEarly(StorageKey key) {
    return collections.contains(key.collection());
  }

  @Override
  public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
    if (isEarly(key) && expand.isEmpty()) {
      Written written = written();
      Early own = written == null ? null : written.early;
      PendingWrite last =
          own != null && own.write().key().equals(key) ? own.write() : behind.pending().last(key);
      return last == null ? delegate.get(key, expand) : Optional.of(last.stored());
    }
    if (isEarly(key) || !expand.isEmpty()) {
      see(key.tenant(), isEarly(key));
    }
    return delegate.get(key, expand);
  }

  @Override
  public Set<StorageKey> existing(Set<StorageKey> keys) {
    settle();
    Set<StorageKey> pending = new HashSet<>();
    for (StorageKey key : keys) {
      if (isEarly(key) && behind.pending().last(key) != null) {
        pending.add(key);
      }
    }
    if (pending.isEmpty()) {
      return delegate.existing(keys);
    }
    Set<StorageKey> others = new HashSet<>(keys);
    others.removeAll(pending);
    pending.addAll(delegate.existing(others));
    return pending;
  }

  /**
   * Makes sure that the store has what a reader is to see.
   *
   * @param isOfAll whether it reads more than what others show of documents
   */
  private void see(TenantId tenant, boolean isOfAll) {
    settle();
    Turns turns = behind.pending().turns();
    if (isOfAll ? turns.has(tenant) : turns.relabels(tenant)) {
      turns.drain(tenant);
    }
  }

  private void see(Query query) {
    see(query.tenant(), collections.contains(query.collection()));
  }

  @Override
  public Found query(Query query) {
    see(query);
    return delegate.query(query);
  }

  @Override
  public long count(Query query) {
    see(query);
    return delegate.count(query);
  }

  @Override
  public List<Linked> links(LinkQuery query) {
    see(query.anchors().get(0).tenant(), false);
    return delegate.links(query);
  }

  @Override
  public void scan(Query query, Consumer<Stored> consumer) {
    see(query);
    delegate.scan(query, consumer);
  }

  @Override
  public List<Tombstone> tombstones(TombstoneQuery query) {
    see(query.tenant(), true);
    return delegate.tombstones(query);
  }

  @Override
  public Optional<Buried> buried(StorageKey key) {
    see(key.tenant(), isEarly(key));
    return delegate.buried(key);
  }

  /** What is pending of the tenant is forgotten, and so are its dead letters. */
  @Override
  public long erase(TenantId tenant, int most) {
    settle();
    long dropped = behind.drop(tenant);
    boolean isLeft = false;
    try {
      long removed = dropped + delegate.erase(tenant, most);
      if (transactions.current() != null) {
        transactions.whenEnded(() -> behind.pending().turns().leave(tenant));
        isLeft = true;
      }
      return removed;
    } finally {
      if (!isLeft) {
        behind.pending().turns().leave(tenant);
      }
    }
  }
}
