package org.muster.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.muster.kernel.Origin;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;

/**
 * Changes of one tenant that are applied as one atomic step, if every precondition holds. Order:
 * all preconditions are judged on the state before the batch; then documents are put, restored and
 * reindexed, tombstones purged, claims released and made, links changed (all in the order given),
 * documents touched, documents deleted. A document gets one new version in a batch, however many of
 * its changes touch it. A key that is restored or purged is put, deleted, restored or purged by no
 * other change of the batch.
 *
 * <p>If more than one thing is wrong with a batch, TooLarge goes before Conflict (preconditions,
 * keys and targets that are not live, tombstones that are not there), and Conflict before
 * NotUnique.
 *
 * @param preconditions by key; a key without one is {@code Any}
 * @param origin where the changes come from
 * @param moment if there is one, what is changed gets its version and time instead of new ones, as
 *     in the store that it is a copy of; a document that is new was created at that time, one that
 *     is there or is restored keeps the time it was created. Versions that the provider makes up
 *     later are higher than those that it was given; but other nodes may still use up some that
 *     they have reserved. So what has versions of another store goes where nobody else writes.
 */
public record Batch(
    TenantId tenant,
    List<Change> changes,
    Map<StorageKey, Precondition> preconditions,
    Origin origin,
    Optional<Applied.Moment> moment) {
  public Batch {
    changes = List.copyOf(changes);
    preconditions = Collections.unmodifiableMap(new LinkedHashMap<>(preconditions));
    for (Change change : changes) {
      if (!change.key().tenant().equals(tenant)) {
        throw new IllegalArgumentException("A batch is of one tenant");
      }
    }
    checkExhumed(changes);
    for (StorageKey key : preconditions.keySet()) {
      if (!key.tenant().equals(tenant)) {
        throw new IllegalArgumentException("A batch is of one tenant");
      }
    }
  }

  /** Changes that the server makes by itself. */
  public Batch(TenantId tenant, List<Change> changes, Map<StorageKey, Precondition> preconditions) {
    this(tenant, changes, preconditions, Origin.SYSTEM, Optional.empty());
  }

  /** These changes, from elsewhere. */
  public Batch from(Origin other) {
    return new Batch(tenant, changes, preconditions, other, moment);
  }

  /** These changes, as they were made at that moment. */
  public Batch asOf(Applied.Moment past) {
    return new Batch(tenant, changes, preconditions, origin, Optional.of(past));
  }

  private static void checkExhumed(List<Change> changes) {
    if (changes.stream().noneMatch(Batch::exhumes)) {
      return;
    }
    Set<StorageKey> exhumed = new HashSet<>();
    Set<StorageKey> written = new HashSet<>();
    for (Change change : changes) {
      if (change instanceof Change.Put || change instanceof Change.Delete) {
        written.add(change.key());
      } else if (exhumes(change) && !exhumed.add(change.key())) {
        throw new IllegalArgumentException("A tombstone is restored or purged once in a batch");
      }
    }
    exhumed.retainAll(written);
    if (!exhumed.isEmpty()) {
      throw new IllegalArgumentException(
          "A tombstone is not written in the batch that restores it");
    }
  }

  private static boolean exhumes(Change change) {
    return change instanceof Change.Restore || change instanceof Change.Purge;
  }

  /** A batch that puts one document. */
  public static Batch put(Change.Put put, Precondition expected) {
    return new Batch(put.key().tenant(), List.of(put), Map.of(put.key(), expected));
  }

  /** A batch that deletes one document. */
  public static Batch delete(StorageKey key, String actor, Precondition expected) {
    return new Batch(key.tenant(), List.of(new Change.Delete(key, actor)), Map.of(key, expected));
  }

  /** Collects the changes of a batch. */
  public static Builder builder(TenantId tenant) {
    return new Builder(tenant);
  }

  /** Collects the changes of a batch; for one thread. */
  public static final class Builder {
    private final TenantId tenant;
    private final List<Change> changes = new ArrayList<>();
    private final Map<StorageKey, Precondition> preconditions = new LinkedHashMap<>();

    private Origin origin = Origin.SYSTEM;
    private Optional<Applied.Moment> moment = Optional.empty();

    private Builder(TenantId tenant) {
      this.tenant = tenant;
    }

    /** Adds a change. */
    public Builder add(Change change) {
      changes.add(change);
      return this;
    }

    /** Sets the precondition of a key. */
    public Builder expect(StorageKey key, Precondition expected) {
      preconditions.put(key, expected);
      return this;
    }

    /** Says where the changes come from. */
    public Builder from(Origin source) {
      origin = source;
      return this;
    }

    /** Says when, and as what, the changes were made. */
    public Builder asOf(Applied.Moment past) {
      moment = Optional.of(past);
      return this;
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
      return changes.isEmpty();
    }

    public Batch build() {
      return new Batch(tenant, changes, preconditions, origin, moment);
    }
  }
}
