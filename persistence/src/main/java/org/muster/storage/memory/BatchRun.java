package org.muster.storage.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.muster.kernel.Version;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Buried;
import org.muster.storage.Change;
import org.muster.storage.Effect;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;
import org.muster.storage.Tombstone;

/** Applies one batch that has passed its {@link BatchCheck}; cannot fail. */
final class BatchRun {
  private final Contents contents;
  private final Batch batch;
  private final Version version;
  private final Instant now;
  private final Set<StorageKey> changed = new LinkedHashSet<>();
  private final Map<StorageKey, Effect> written = new LinkedHashMap<>();
  private final List<Effect> effects = new ArrayList<>();

  BatchRun(Contents contents, Batch batch, Instant now) {
    this.contents = contents;
    this.batch = batch;
    this.now = batch.moment().map(Applied.Moment::time).orElse(now);
    this.version =
        batch
            .moment()
            .map(Applied.Moment::version)
            .orElseGet(() -> new Version(contents.nextVersion()));
    contents.pass(version);
  }

  Applied run() {
    for (Change change : batch.changes()) {
      if (change instanceof Change.Put put) {
        put(put);
      } else if (change instanceof Change.Restore restore) {
        restore(restore);
      } else if (change instanceof Change.Purge purge) {
        contents.shelfToWrite(purge.key()).tombstones.remove(purge.key().id());
        effects.add(new Effect.Purged(purge.key()));
      } else if (change instanceof Change.Reindex reindex) {
        reindex(reindex);
      }
    }
    for (Change change : batch.changes()) {
      if (change instanceof Change.Release release) {
        contents
            .shelfToWrite(release.key())
            .release(release.key().id(), new Shelf.Value(release.attribute(), release.folded()));
      }
    }
    for (Change change : batch.changes()) {
      if (change instanceof Change.Claim claim) {
        contents
            .shelfToWrite(claim.key())
            .claim(claim.key().id(), new Shelf.Value(claim.attribute(), claim.folded()));
      }
    }
    for (Change change : batch.changes()) {
      changeLinks(change);
    }
    for (Change change : batch.changes()) {
      if (change instanceof Change.Touch) {
        touch(change.key());
        changed.add(change.key());
      }
    }
    for (Change change : batch.changes()) {
      if (change instanceof Change.Delete delete) {
        delete(delete);
      }
    }
    return new Applied(Optional.of(new Applied.Moment(version, now)), stamps(), effects());
  }

  private void put(Change.Put put) {
    StorageKey key = put.key();
    Shelf shelf = contents.shelfToWrite(key);
    Stored before = shelf.documents.get(key.id());
    Instant created = before == null ? now : before.created();
    written.putIfAbsent(key, new Effect.Written(key, before == null));
    // by its text, as every other back end keeps it: nobody holds the tree, numbers read alike
    JsonDocument document = JsonDocument.ofText(put.document().text());
    shelf.documents.put(
        key.id(), new Stored(key, version, created, now, put.label(), document, List.of()));
    shelf.keys.put(key.id(), put.keys());
    shelf.tombstones.remove(key.id());
    changed.add(key);
  }

  private void restore(Change.Restore restore) {
    StorageKey key = restore.key();
    Shelf shelf = contents.shelfToWrite(key);
    effects.add(new Effect.Restored(key));
    Buried buried = Objects.requireNonNull(shelf.tombstones.remove(key.id()));
    JsonDocument document = buried.document().orElseThrow();
    shelf.documents.put(
        key.id(),
        new Stored(key, version, buried.created(), now, restore.label(), document, List.of()));
    shelf.keys.put(key.id(), restore.keys());
    changed.add(key);
  }

  private void reindex(Change.Reindex reindex) {
    Stored live = contents.live(reindex.key());
    if (live != null && live.version().equals(reindex.version())) {
      contents.shelfToWrite(reindex.key()).keys.put(reindex.key().id(), reindex.keys());
      effects.add(new Effect.Reindexed(reindex.key()));
    }
  }

  private void changeLinks(Change change) {
    if (change instanceof Change.AddLinks add) {
      link(add.key(), add.relation(), add.targets());
    } else if (change instanceof Change.RemoveLinks remove) {
      unlink(remove.key(), remove.relation(), remove.targets());
    } else if (change instanceof Change.ReplaceLinks replace) {
      Set<StorageKey> gone =
          new TreeSet<>(contents.links.ends(replace.key(), replace.relation(), Direction.OUT));
      replace.targets().forEach(gone::remove);
      unlink(replace.key(), replace.relation(), gone);
      link(replace.key(), replace.relation(), replace.targets());
    }
  }

  private void link(StorageKey key, String relation, Collection<StorageKey> targets) {
    List<StorageKey> added =
        targets.stream().filter(target -> contents.links.add(key, relation, target)).toList();
    if (!added.isEmpty()) {
      touch(key);
      changed.add(key);
      effects.add(new Effect.Linked(key, relation, added));
    }
  }

  private void unlink(StorageKey key, String relation, Collection<StorageKey> targets) {
    List<StorageKey> removed =
        targets.stream().filter(target -> contents.links.remove(key, relation, target)).toList();
    if (!removed.isEmpty()) {
      touch(key);
      changed.add(key);
      effects.add(new Effect.Unlinked(key, relation, removed));
    }
  }

  private void delete(Change.Delete delete) {
    StorageKey key = delete.key();
    Shelf shelf = contents.shelfToWrite(key);
    Stored before = shelf.documents.remove(key.id());
    if (before != null) {
      shelf.keys.remove(key.id());
      shelf.releaseAll(key.id());
      Tombstone tombstone = new Tombstone(key, version, now, delete.actor(), before.label());
      shelf.tombstones.put(
          key.id(), new Buried(tombstone, before.created(), Optional.of(before.document())));
      effects.add(new Effect.Deleted(key));
      contents
          .links
          .removeAll(key)
          .forEach(
              link -> {
                touch(link.from());
                effects.add(new Effect.Unlinked(link.from(), link.relation(), List.of(key)));
              });
    }
  }

  /** Gives a document, if live, the version of this batch. */
  private void touch(StorageKey key) {
    contents
        .shelfToWrite(key)
        .documents
        .computeIfPresent(
            key.id(),
            (id, old) ->
                new Stored(
                    key, version, old.created(), now, old.label(), old.document(), List.of()));
  }

  private List<Effect> effects() {
    List<Effect> all = new ArrayList<>(written.values());
    all.addAll(effects);
    return all;
  }

  private Map<StorageKey, Applied.Stamp> stamps() {
    Map<StorageKey, Applied.Stamp> stamps = new HashMap<>();
    for (StorageKey key : changed) {
      Stored live = contents.live(key);
      if (live != null) {
        stamps.put(key, new Applied.Stamp(live.version(), live.created(), live.modified()));
      }
    }
    return stamps;
  }
}
