package org.muster.storage.jpa;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.muster.kernel.Precondition;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.StorageKey;

/**
 * What a batch comes to: the changes by kind, and the documents that have to be locked before it
 * can be judged. A document that is written by a single compare-and-set is not among them.
 */
final class BatchPlan {
  private static final Precondition ANY = new Precondition.Any();

  /** The last put of each key, by key, so that two batches meet in one order. */
  final Map<StorageKey, Change.Put> puts = new TreeMap<>();

  /** What is restored, by key. */
  final Map<StorageKey, Change.Restore> restores = new TreeMap<>();

  /** What is purged, by key. */
  final Map<StorageKey, Change.Purge> purges = new TreeMap<>();

  final Set<StorageKey> deletes = new LinkedHashSet<>();
  final List<Change.Delete> deletions = new ArrayList<>();
  final List<Change.Release> releases = new ArrayList<>();
  final List<Change.Claim> claims = new ArrayList<>();
  final List<Change.Reindex> reindexes = new ArrayList<>();
  final List<Change> links = new ArrayList<>();

  /** Documents that get the version of the batch, if they are live. */
  final Set<StorageKey> touches = new LinkedHashSet<>();

  /** Documents that are linked to by the batch. */
  final Set<StorageKey> targets = new HashSet<>();

  /** Documents that must be live or put: they get links or claims. */
  final Set<StorageKey> owners = new LinkedHashSet<>();

  /** Documents to be locked against any other writer. */
  final TreeSet<StorageKey> locked = new TreeSet<>();

  /** Documents to be locked against deletion; more may follow from links. */
  final TreeSet<StorageKey> shared = new TreeSet<>();

  private final Set<StorageKey> linking = new HashSet<>();
  private final Batch batch;

  BatchPlan(Batch batch) {
    this.batch = batch;
    batch.changes().forEach(this::sort);
    claims.sort(
        Comparator.comparing((Change.Claim claim) -> claim.key().collection())
            .thenComparing(Change.Claim::attribute)
            .thenComparing(Change.Claim::folded));
    reindexes.sort(Comparator.comparing(Change.Reindex::key));
    puts.keySet().forEach(this::lockForPut);
    for (StorageKey key : deletes) {
      Precondition expected = expected(key);
      if (expected instanceof Precondition.Absent
          || (!(expected instanceof Precondition.Any)
              && (!claims.isEmpty() || deletes.size() > 1))) {
        // Deletes come last, but no other failure may be told before this one, and one delete may
        // raise the version that the next one expects.
        locked.add(key);
      }
    }
    Set<StorageKey> changing = new HashSet<>(owners);
    changing.addAll(linking);
    changing.addAll(touches);
    for (StorageKey key : changing) {
      if (!brings(key)) {
        locked.add(key);
      }
    }
    for (StorageKey key : batch.preconditions().keySet()) {
      if (!puts.containsKey(key) && !deletes.contains(key) && !locked.contains(key)) {
        lockForCheck(key);
      }
    }
  }

  Precondition expected(StorageKey key) {
    return batch.preconditions().getOrDefault(key, ANY);
  }

  /** Whether the document is live once the batch has written, whatever it was before. */
  boolean brings(StorageKey key) {
    return puts.containsKey(key) || restores.containsKey(key);
  }

  /** Whether a put creates a document for sure if the batch succeeds, without its lock. */
  boolean isInsert(StorageKey key) {
    return !locked.contains(key) && expected(key) instanceof Precondition.Absent;
  }

  /** What a change links to. */
  static List<StorageKey> targets(Change change) {
    if (change instanceof Change.AddLinks add) {
      return add.targets();
    }
    return change instanceof Change.ReplaceLinks replace ? replace.targets() : List.of();
  }

  private void sort(Change change) {
    if (change instanceof Change.Put put) {
      puts.put(put.key(), put);
    } else if (change instanceof Change.Restore restore) {
      restores.put(restore.key(), restore);
    } else if (change instanceof Change.Purge purge) {
      purges.put(purge.key(), purge);
    } else if (change instanceof Change.Delete delete) {
      if (deletes.add(delete.key())) {
        deletions.add(delete);
      }
    } else if (change instanceof Change.Release release) {
      releases.add(release);
    } else if (change instanceof Change.Claim claim) {
      claims.add(claim);
      owners.add(claim.key());
    } else if (change instanceof Change.Reindex reindex) {
      reindexes.add(reindex);
    } else if (change instanceof Change.Touch) {
      touches.add(change.key());
    } else if (!(change instanceof Change.Check)) {
      links.add(change);
      linking.add(change.key());
      if (!(change instanceof Change.RemoveLinks)) {
        owners.add(change.key());
        targets.addAll(targets(change));
      }
    }
  }

  private void lockForPut(StorageKey key) {
    Precondition expected = expected(key);
    boolean comparesAndSets =
        expected instanceof Precondition.Absent
            || (!(expected instanceof Precondition.Any)
                && !linking.contains(key)
                && !touches.contains(key)
                && !targets.contains(key));
    if (!comparesAndSets || deletes.contains(key)) {
      locked.add(key);
    }
  }

  private void lockForCheck(StorageKey key) {
    if (!(expected(key) instanceof Precondition.Any)) {
      shared.add(key);
    }
  }
}
