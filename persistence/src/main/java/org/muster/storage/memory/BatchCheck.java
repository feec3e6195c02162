package org.muster.storage.memory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.Precondition;
import org.muster.kernel.Version;
import org.muster.storage.Batch;
import org.muster.storage.Buried;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/** Finds whatever is wrong with a batch before any of it is applied; reads only. */
final class BatchCheck {
  private final Contents contents;
  private final Batch batch;
  private final Set<StorageKey> written = new HashSet<>();

  BatchCheck(Contents contents, Batch batch) {
    this.contents = contents;
    this.batch = batch;
  }

  /** Throws what {@link org.muster.storage.StorageProvider#apply} is to throw. */
  void run() {
    for (Change change : batch.changes()) {
      if (change instanceof Change.Put put) {
        checkSize(put);
        written.add(put.key());
      } else if (change instanceof Change.Restore restore) {
        written.add(restore.key());
      }
    }
    batch.preconditions().forEach(this::checkPrecondition);
    batch.changes().forEach(this::checkTombstone);
    batch.changes().forEach(this::checkEnds);
    checkClaims();
  }

  private static void checkSize(Change.Put put) {
    int bytes = put.document().bytes();
    if (bytes > JsonDocument.MAX_BYTES) {
      throw new StorageException.TooLarge(
          "A document of " + bytes + " bytes, where " + JsonDocument.MAX_BYTES + " are allowed");
    }
  }

  private void checkPrecondition(StorageKey key, Precondition expected) {
    Stored live = contents.live(key);
    if (!(live == null ? expected.holdsForNone() : expected.holdsAt(live.version()))) {
      throw new StorageException.Conflict(key, "A precondition does not hold");
    }
  }

  private void checkTombstone(Change change) {
    if (change instanceof Change.Restore restore) {
      checkTombstone(restore.key(), restore.tombstone());
    } else if (change instanceof Change.Purge purge) {
      checkTombstone(purge.key(), purge.tombstone());
    }
  }

  private void checkTombstone(StorageKey key, Version expected) {
    Buried buried = contents.buried(key);
    if (buried == null || !buried.tombstone().version().equals(expected)) {
      throw new StorageException.Conflict(key, "There is no such tombstone");
    }
  }

  private void checkEnds(Change change) {
    if (change instanceof Change.AddLinks add) {
      checkEnds(add.key(), add.targets());
    } else if (change instanceof Change.ReplaceLinks replace) {
      checkEnds(replace.key(), replace.targets());
    } else if (change instanceof Change.Claim claim) {
      checkEnds(claim.key(), List.of());
    }
  }

  private void checkEnds(StorageKey key, List<StorageKey> targets) {
    checkLive(key);
    targets.forEach(this::checkLive);
  }

  private void checkLive(StorageKey key) {
    if (!written.contains(key) && contents.live(key) == null) {
      throw new StorageException.Conflict(key, "A document that a batch relies on is absent");
    }
  }

  private void checkClaims() {
    Map<Claimed, @Nullable StorageKey> owners = new HashMap<>();
    for (Change change : batch.changes()) {
      if (change instanceof Change.Release release) {
        Claimed value = Claimed.of(release.key(), release.attribute(), release.folded());
        if (release.key().equals(owner(owners, value))) {
          owners.put(value, null);
        }
      }
    }
    for (Change change : batch.changes()) {
      if (change instanceof Change.Claim claim) {
        Claimed value = Claimed.of(claim.key(), claim.attribute(), claim.folded());
        StorageKey owner = owner(owners, value);
        if (owner != null && !owner.equals(claim.key())) {
          throw new StorageException.NotUnique(claim.attribute());
        }
        owners.put(value, claim.key());
      }
    }
  }

  private @Nullable StorageKey owner(Map<Claimed, @Nullable StorageKey> owners, Claimed claimed) {
    if (owners.containsKey(claimed)) {
      return owners.get(claimed);
    }
    String id = contents.shelf(batch.tenant(), claimed.collection()).owner(claimed.value());
    return id == null ? null : new StorageKey(batch.tenant(), claimed.collection(), id);
  }

  private record Claimed(String collection, Shelf.Value value) {
    static Claimed of(StorageKey key, String attribute, String folded) {
      return new Claimed(key.collection(), new Shelf.Value(attribute, folded));
    }
  }
}
