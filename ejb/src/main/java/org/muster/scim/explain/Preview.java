package org.muster.scim.explain;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Buried;
import org.muster.storage.Capability;
import org.muster.storage.Change;
import org.muster.storage.Found;
import org.muster.storage.Health;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.Query;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.Tombstone;
import org.muster.storage.TombstoneQuery;

/**
 * A store in which single documents and links are read; searches and batches are noted, and neither
 * made nor applied. Of a batch it is judged what reads can say. For one thread.
 */
final class Preview implements StorageProvider {
  private static final Version ANY = new Version(1);

  private final StorageProvider delegate;
  private final Claims claims;
  private Optional<Query> query = Optional.empty();
  private Optional<Batch> batch = Optional.empty();

  Preview(StorageProvider delegate, Claims claims) {
    this.delegate = delegate;
    this.claims = claims;
  }

  /** The search that would be made. */
  Optional<Query> query() {
    return query;
  }

  /** The batch that would be applied. */
  Optional<Batch> batch() {
    return batch;
  }

  @Override
  public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
    return delegate.get(key, expand);
  }

  @Override
  public Set<StorageKey> existing(Set<StorageKey> keys) {
    return delegate.existing(keys);
  }

  @Override
  public Applied apply(Batch wanted) {
    batch = Optional.of(wanted);
    checkSizes(wanted);
    checkPreconditions(wanted);
    claims.check(delegate, wanted);
    Instant now = Instant.EPOCH; // nobody is shown it
    Map<StorageKey, Applied.Stamp> stamps = new HashMap<>();
    for (Change change : wanted.changes()) {
      stamps.put(change.key(), new Applied.Stamp(ANY, now, now));
    }
    return new Applied(Optional.empty(), stamps, List.of());
  }

  private static void checkSizes(Batch wanted) {
    for (Change change : wanted.changes()) {
      if (change instanceof Change.Put put && put.document().bytes() > JsonDocument.MAX_BYTES) {
        throw new StorageException.TooLarge("The document is too large");
      }
    }
  }

  private void checkPreconditions(Batch wanted) {
    Set<StorageKey> live = delegate.existing(wanted.preconditions().keySet());
    for (Map.Entry<StorageKey, Precondition> entry : wanted.preconditions().entrySet()) {
      // A version was read a moment ago; that it is there says enough.
      boolean holds =
          live.contains(entry.getKey())
              ? !(entry.getValue() instanceof Precondition.Absent)
              : entry.getValue().holdsForNone();
      if (!holds) {
        throw new StorageException.Conflict(entry.getKey(), "A precondition does not hold");
      }
    }
  }

  @Override
  public Found query(Query wanted) {
    query = Optional.of(wanted);
    return new Found(List.of(), Optional.empty());
  }

  @Override
  public long count(Query wanted) {
    query = Optional.of(wanted);
    return 0;
  }

  @Override
  public List<Linked> links(LinkQuery links) {
    return delegate.links(links);
  }

  @Override
  public void scan(Query wanted, Consumer<Stored> consumer) {
    query = Optional.of(wanted);
  }

  @Override
  public List<Tombstone> tombstones(TombstoneQuery tombstones) {
    return delegate.tombstones(tombstones);
  }

  @Override
  public Optional<Buried> buried(StorageKey key) {
    return delegate.buried(key);
  }

  @Override
  public long erase(TenantId tenant, int most) {
    throw new StorageException.Unsupported("A preview erases nothing");
  }

  @Override
  public Set<Capability> capabilities() {
    return delegate.capabilities();
  }

  @Override
  public Health health() {
    return delegate.health();
  }
}
