package org.muster.storage.sourced;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.muster.kernel.TenantId;
import org.muster.storage.Applied;
import org.muster.storage.Change;
import org.muster.storage.Effect;
import org.muster.storage.LinkQuery;
import org.muster.storage.Linked;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;
import org.muster.storage.Tombstone;

/**
 * The names of a tenant's documents, as they are outside and as they are in a copy of it.
 * Stateless.
 */
final class Names {
  private Names() {}

  static StorageKey inner(StorageKey key) {
    return new StorageKey(key.tenant().copy(), key.collection(), key.id());
  }

  static StorageKey outer(StorageKey key) {
    return new StorageKey(key.tenant().original(), key.collection(), key.id());
  }

  static List<StorageKey> inner(List<StorageKey> keys) {
    return keys.stream().map(Names::inner).toList();
  }

  private static List<StorageKey> outer(List<StorageKey> keys) {
    return keys.stream().map(Names::outer).toList();
  }

  static Stored outer(Stored stored) {
    return new Stored(
        outer(stored.key()),
        stored.version(),
        stored.created(),
        stored.modified(),
        stored.label(),
        stored.document(),
        stored.links().stream().map(Names::outer).toList());
  }

  static Linked outer(Linked link) {
    return new Linked(
        outer(link.anchor()),
        link.relation(),
        link.direction(),
        outer(link.other()),
        link.label(),
        link.direct());
  }

  static Tombstone outer(Tombstone tombstone) {
    return new Tombstone(
        outer(tombstone.key()),
        tombstone.version(),
        tombstone.deleted(),
        tombstone.actor(),
        tombstone.label());
  }

  static LinkQuery inner(LinkQuery query) {
    return new LinkQuery(
        inner(query.anchors()),
        query.relation(),
        query.direction(),
        query
            .after()
            .map(place -> new LinkQuery.Position(inner(place.anchor()), inner(place.other()))),
        query.limit());
  }

  static Change inner(Change change) {
    StorageKey key = inner(change.key());
    if (change instanceof Change.Put put) {
      return new Change.Put(key, put.document(), put.keys(), put.label(), put.basis());
    } else if (change instanceof Change.Reindex reindex) {
      return new Change.Reindex(key, reindex.version(), reindex.keys());
    } else if (change instanceof Change.Delete delete) {
      return new Change.Delete(key, delete.actor());
    } else if (change instanceof Change.Restore restore) {
      return new Change.Restore(key, restore.tombstone(), restore.keys(), restore.label());
    } else if (change instanceof Change.Purge purge) {
      return new Change.Purge(key, purge.tombstone());
    } else if (change instanceof Change.Check) {
      return new Change.Check(key);
    } else if (change instanceof Change.Touch) {
      return new Change.Touch(key);
    } else if (change instanceof Change.Claim claim) {
      return new Change.Claim(key, claim.attribute(), claim.folded());
    } else if (change instanceof Change.Release release) {
      return new Change.Release(key, release.attribute(), release.folded());
    } else if (change instanceof Change.AddLinks add) {
      return new Change.AddLinks(key, add.relation(), inner(add.targets()));
    } else if (change instanceof Change.RemoveLinks remove) {
      return new Change.RemoveLinks(key, remove.relation(), inner(remove.targets()));
    }
    Change.ReplaceLinks replace = (Change.ReplaceLinks) change;
    return new Change.ReplaceLinks(key, replace.relation(), inner(replace.targets()));
  }

  static Applied outer(Applied applied) {
    Map<StorageKey, Applied.Stamp> changed =
        applied.changed().entrySet().stream()
            .collect(Collectors.toMap(entry -> outer(entry.getKey()), Map.Entry::getValue));
    return new Applied(
        applied.moment(), changed, applied.effects().stream().map(Names::outer).toList());
  }

  private static Effect outer(Effect effect) {
    StorageKey key = outer(effect.key());
    if (effect instanceof Effect.Written written) {
      return new Effect.Written(key, written.created());
    } else if (effect instanceof Effect.Restored) {
      return new Effect.Restored(key);
    } else if (effect instanceof Effect.Reindexed) {
      return new Effect.Reindexed(key);
    } else if (effect instanceof Effect.Purged) {
      return new Effect.Purged(key);
    } else if (effect instanceof Effect.Linked linked) {
      return new Effect.Linked(key, linked.relation(), outer(linked.targets()));
    } else if (effect instanceof Effect.Unlinked unlinked) {
      return new Effect.Unlinked(key, unlinked.relation(), outer(unlinked.targets()));
    }
    return new Effect.Deleted(key);
  }

  /** Whether what is in a collection belongs to the server: no event tells of it. */
  static boolean isOwn(String collection) {
    return collection.startsWith("$");
  }

  /** The tenant as a copy has it. */
  static TenantId inner(TenantId tenant) {
    return tenant.copy();
  }
}
