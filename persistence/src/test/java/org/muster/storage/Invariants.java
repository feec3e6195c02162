package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.muster.kernel.Folding;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.LinkSelector.Direction;

/**
 * What is true of every store after every test, seen through the SPI alone. The last check empties
 * the tenant: when no document is live, every value that was ever claimed must be free.
 */
final class Invariants {
  private final Recorder storage;
  private final TenantId tenant;

  Invariants(Recorder storage, TenantId tenant) {
    this.storage = storage;
    this.tenant = tenant;
  }

  void check() {
    Set<StorageKey> live = new HashSet<>();
    Set<StorageKey> deleted = new HashSet<>();
    for (String collection : Set.copyOf(storage.collections)) {
      List<StorageKey> keys = scanned(collection);
      List<String> ids = keys.stream().map(StorageKey::id).toList();
      assertThat(ids).isSortedAccordingTo(Folding.CODE_POINTS).doesNotHaveDuplicates();
      assertThat(storage.count(all(collection))).isEqualTo(keys.size());
      live.addAll(keys);
      storage
          .tombstones(new TombstoneQuery.OfCollection(tenant, collection, Optional.empty(), 10_000))
          .forEach(tombstone -> deleted.add(tombstone.key()));
    }
    assertThat(Collections.disjoint(deleted, live)).as("a key is live or deleted").isTrue();
    checkLinks(live, deleted);
    checkClaims(live);
  }

  private List<StorageKey> scanned(String collection) {
    List<StorageKey> keys = new ArrayList<>();
    storage.scan(all(collection), stored -> keys.add(stored.key()));
    return keys;
  }

  private Query all(String collection) {
    return new Query(
        tenant,
        collection,
        new Expression.All(),
        Query.Order.BY_ID,
        new Query.Page.After(Optional.empty(), 0),
        List.of(),
        Long.MAX_VALUE);
  }

  private void checkLinks(Set<StorageKey> live, Set<StorageKey> deleted) {
    for (String relation : storage.relations) {
      List<Linked> out = links(live, relation, Direction.OUT);
      List<Linked> in = links(live, relation, Direction.IN);
      assertThat(live).containsAll(out.stream().map(Linked::other).toList());
      assertThat(live).containsAll(in.stream().map(Linked::other).toList());
      assertThat(in.stream().map(link -> Map.entry(link.other(), link.anchor())))
          .containsExactlyInAnyOrderElementsOf(
              out.stream().map(link -> Map.entry(link.anchor(), link.other())).toList());
      assertThat(links(deleted, relation, Direction.OUT)).isEmpty();
      assertThat(links(deleted, relation, Direction.IN)).isEmpty();
    }
  }

  private List<Linked> links(Set<StorageKey> anchors, String relation, Direction direction) {
    List<StorageKey> all = List.copyOf(anchors);
    List<Linked> links = new ArrayList<>();
    for (int from = 0; from < all.size(); from += 1_000) {
      List<StorageKey> some = all.subList(from, Math.min(all.size(), from + 1_000));
      Optional<LinkQuery.Position> after = Optional.empty();
      List<Linked> page;
      do {
        page = storage.links(new LinkQuery(some, relation, direction, after, 1_000));
        links.addAll(page);
        if (!page.isEmpty()) {
          Linked last = page.get(page.size() - 1);
          after = Optional.of(new LinkQuery.Position(last.anchor(), last.other()));
        }
      } while (page.size() == 1_000);
    }
    return links;
  }

  private void checkClaims(Set<StorageKey> live) {
    if (storage.claims.isEmpty()) {
      return;
    }
    List<StorageKey> all = List.copyOf(live);
    for (int from = 0; from < all.size(); from += 100) {
      Batch.Builder batch = Batch.builder(tenant);
      all.subList(from, Math.min(all.size(), from + 100))
          .forEach(key -> batch.add(new Change.Delete(key, "invariants")));
      storage.apply(batch.build());
    }
    Map<StorageKey, Batch.Builder> probes = new TreeMap<>();
    for (Recorder.Claimed claimed : Set.copyOf(storage.claims)) {
      StorageKey probe = new StorageKey(tenant, claimed.collection(), "probe");
      probes
          .computeIfAbsent(
              probe,
              key ->
                  Batch.builder(tenant)
                      .add(People.put(key, "{}"))
                      .expect(key, new Precondition.Any()))
          .add(new Change.Claim(probe, claimed.attribute(), claimed.folded()));
    }
    probes.values().forEach(batch -> storage.apply(batch.build()));
  }
}
