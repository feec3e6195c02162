package org.muster.storage.cached;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.muster.cache.twolevel.Seen;
import org.muster.cache.twolevel.TwoLevelCache;
import org.muster.kernel.Precondition;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.Effect;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/**
 * What a batch is about to write over, looked at before; afterwards what it has made of that can
 * take its place in the cache, where it can be told without a look at the store.
 */
final class Rewriting {
  /** Of more, reading what is wanted again costs less than looking at all. */
  private static final int MOST = 100;

  private final TwoLevelCache<CachedEntry> cache;
  private final Batch batch;
  private final int epoch;
  private final Map<StorageKey, Before> before = new HashMap<>();

  /** A document that is put, and what the cache had of it. */
  private record Before(Change.Put put, Seen<CachedEntry> seen) {}

  Rewriting(TwoLevelCache<CachedEntry> cache, Batch batch, int epoch) {
    this.cache = cache;
    this.batch = batch;
    this.epoch = epoch;
    Set<StorageKey> twice = new HashSet<>();
    List<Change.Put> puts = new ArrayList<>();
    Set<StorageKey> keys = new HashSet<>();
    for (Change change : batch.changes()) {
      if (change instanceof Change.Put put) {
        puts.add(put);
        if (!keys.add(put.key())) {
          twice.add(put.key());
        }
      }
    }
    if (puts.size() <= MOST) {
      for (Change.Put put : puts) {
        if (!twice.contains(put.key())) {
          before.put(put.key(), new Before(put, cache.look(Places.document(put.key()))));
        }
      }
    }
  }

  /** Puts in the cache what it can; which documents these are. */
  Set<StorageKey> done(Applied applied) {
    Set<StorageKey> relinked = new HashSet<>();
    Set<StorageKey> created = new HashSet<>();
    for (Effect effect : applied.effects()) {
      if (effect instanceof Effect.Linked linked) {
        relinked.add(linked.key());
        relinked.addAll(linked.targets());
      } else if (effect instanceof Effect.Unlinked unlinked) {
        relinked.add(unlinked.key());
        relinked.addAll(unlinked.targets());
      } else if (effect instanceof Effect.Written written) {
        if (written.created()) {
          created.add(written.key());
        }
      } else {
        relinked.add(effect.key());
      }
    }
    Set<StorageKey> replaced = new HashSet<>();
    for (Map.Entry<StorageKey, Before> each : before.entrySet()) {
      StorageKey key = each.getKey();
      Optional<Applied.Stamp> stamp = applied.of(key);
      if (stamp.isEmpty() || relinked.contains(key)) {
        continue;
      }
      Optional<CachedDocument> after =
          created.contains(key)
              ? Optional.of(
                  CachedDocument.unlinked(stored(each.getValue().put(), stamp.get()), epoch))
              : after(each.getValue(), stamp.get());
      if (after.isPresent()
          && cache.replace(Places.document(key), each.getValue().seen(), after.get())) {
        replaced.add(key);
      }
    }
    return replaced;
  }

  /** With the links of what it was made of, if that is what the cache had. */
  private Optional<CachedDocument> after(Before each, Applied.Stamp stamp) {
    if (each.seen().value().orElse(null) instanceof CachedDocument old
        && old.isSettled()
        && old.epoch() == epoch
        && batch.preconditions().get(each.put().key()) instanceof Precondition.At at
        && at.version().equals(old.stored().version())) {
      return Optional.of(old.rewritten(stored(each.put(), stamp).with(old.stored().links())));
    }
    return Optional.empty();
  }

  private static Stored stored(Change.Put put, Applied.Stamp stamp) {
    return new Stored(
        put.key(),
        stamp.version(),
        stamp.created(),
        stamp.modified(),
        put.label(),
        JsonDocument.ofKeptText(put.document().text()),
        List.of());
  }
}
