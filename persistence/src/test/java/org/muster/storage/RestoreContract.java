package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Version;
import org.muster.storage.LinkSelector.Direction;

/** What lies below a tombstone: read, restored, purged. */
abstract class RestoreContract extends StorageContract {
  private static final String ANN =
      "{'userName':'Ann','externalId':'x','emails':[{'value':'a@x'},{'value':'b@x'}],'n':1.50}";

  @Test
  void documentIsKeptBelowItsTombstone() {
    Stored ann = put(user("ann"), ANN);
    delete(user("ann"));
    Buried buried = storage.buried(user("ann")).orElseThrow();
    assertThat(buried.document()).contains(ann.document());
    assertThat(buried.document().orElseThrow().text()).isEqualTo(ann.document().text());
    assertThat(buried.created()).isEqualTo(ann.created());
    assertThat(buried.tombstone()).isEqualTo(tombstones("User").get(0));
    assertThat(buried.tombstone().label()).isEqualTo("Ann");
  }

  @Test
  void nothingLiesBelowALiveOrAnUnknownKey() {
    put(user("ann"), ANN);
    assertThat(storage.buried(user("ann"))).isEmpty();
    assertThat(storage.buried(user("nobody"))).isEmpty();
    delete(user("ann"));
    assertThat(storage.buried(group("ann"))).isEmpty();
  }

  @Test
  void restoredDocumentIsAsItWas() {
    Stored ann = put(user("ann"), ANN);
    delete(user("ann"));
    Version tombstone = versionOf(user("ann"));
    Applied applied = apply(restore(user("ann")));
    Stored restored = read(user("ann"));
    assertThat(restored.document().text()).isEqualTo(ann.document().text());
    assertThat(restored.created()).isEqualTo(ann.created());
    assertThat(restored.label()).isEqualTo("Ann");
    assertThat(restored.version()).isNotIn(ann.version(), tombstone);
    assertThat(applied.of(user("ann")))
        .contains(new Applied.Stamp(restored.version(), restored.created(), restored.modified()));
    assertThat(storage.buried(user("ann"))).isEmpty();
    assertThat(tombstones("User")).isEmpty();
  }

  @Test
  void restoredDocumentIsFoundByItsKeys() {
    put(user("ann"), ANN);
    put(user("bob"), "{'userName':'bob'}");
    delete(user("ann"));
    apply(restore(user("ann")));
    assertThat(matching(new Expression.All())).containsExactly("ann", "bob");
    assertThat(matching(People.compare(People.NAME, Expression.Operator.EQ, "ann")))
        .containsExactly("ann");
    assertThat(matching(People.compare(People.EMAIL, Expression.Operator.EQ, "b@x")))
        .containsExactly("ann");
    Query.Order byMail = new Query.Order(People.EMAIL, false);
    assertThat(ids(storage.query(query("User", new Expression.All(), byMail, first(9))).items()))
        .containsExactly("ann", "bob");
  }

  @Test
  void restoreTakesTheLabelThatItIsGiven() {
    put(user("ann"), ANN);
    delete(user("ann"));
    Change.Put other = People.put(user("ann"), "{'userName':'Zoe'}");
    apply(new Change.Restore(user("ann"), versionOf(user("ann")), other.keys(), other.label()));
    assertThat(read(user("ann")).label()).isEqualTo("Zoe");
  }

  @Test
  void restoreBringsNoLinksBack() {
    putAll(user("ann"), user("bob"), group("g"), group("h"));
    link(group("g"), user("ann"), user("bob"));
    link(group("h"), group("g"));
    delete(user("ann"));
    delete(group("g"));
    apply(restore(user("ann")), restore(group("g")));
    assertThat(out(group("g"))).isEmpty();
    assertThat(out(group("h"))).isEmpty();
    assertThat(storage.existing(Set.of(user("ann"), group("g")))).hasSize(2);
  }

  @Test
  void restoreMayMakeLinksAndClaimsInItsBatch() {
    putAll(user("ann"), user("bob"), group("g"), group("h"));
    delete(group("g"));
    delete(user("ann"));
    Applied applied =
        apply(
            restore(group("g")),
            restore(user("ann")),
            new Change.Claim(user("ann"), "userName", "ann"),
            new Change.AddLinks(group("g"), MEMBERS, List.of(user("ann"), user("bob"))),
            new Change.ReplaceLinks(group("h"), MEMBERS, List.of(group("g"))));
    assertThat(out(group("g"))).containsExactly(user("ann"), user("bob"));
    assertThat(out(group("h"))).containsExactly(group("g"));
    assertThat(applied.of(group("g")).orElseThrow().version())
        .isEqualTo(read(group("g")).version());
    assertThatThrownBy(() -> apply(new Change.Claim(user("bob"), "userName", "ann")))
        .isInstanceOf(StorageException.NotUnique.class);
  }

  @Test
  void tombstoneHoldsNoClaim() {
    putAll(user("ann"), user("bob"));
    apply(new Change.Claim(user("ann"), "userName", "ann"));
    delete(user("ann"));
    apply(new Change.Claim(user("bob"), "userName", "ann"));
    Tombstone tombstone = tombstones("User").get(0);
    assertThatThrownBy(
            () -> apply(restore(user("ann")), new Change.Claim(user("ann"), "userName", "ann")))
        .isInstanceOfSatisfying(
            StorageException.NotUnique.class, e -> assertThat(e.attribute()).isEqualTo("userName"));
    assertThat(tombstones("User")).containsExactly(tombstone);
    assertThat(storage.get(user("ann"), List.of())).isEmpty();
    assertThat(matching(new Expression.All())).containsExactly("bob");
  }

  @Test
  void tombstoneOfAnotherVersionIsNeitherRestoredNorPurged() {
    Stored ann = put(user("ann"), ANN);
    Change.Put put = People.put(user("ann"), ANN);
    delete(user("ann"));
    Version first = versionOf(user("ann"));
    storage.apply(Batch.put(put, ABSENT));
    delete(user("ann"));
    for (Version stale : List.of(first, ann.version())) {
      assertConflict(new Change.Restore(user("ann"), stale, put.keys(), put.label()));
      assertConflict(new Change.Purge(user("ann"), stale));
    }
    assertThat(tombstones("User")).hasSize(1);
  }

  @Test
  void whatIsLiveOrAbsentIsNeitherRestoredNorPurged() {
    Stored ann = put(user("ann"), ANN);
    Change.Put put = People.put(user("ann"), ANN);
    assertConflict(new Change.Restore(user("ann"), ann.version(), put.keys(), put.label()));
    assertConflict(new Change.Purge(user("ann"), ann.version()));
    assertConflict(new Change.Restore(user("no"), ann.version(), put.keys(), put.label()));
    assertConflict(new Change.Purge(user("no"), ann.version()));
    assertThat(read(user("ann"))).isEqualTo(ann);
  }

  @Test
  void secondRestoreConflicts() {
    put(user("ann"), ANN);
    delete(user("ann"));
    Change restore = restore(user("ann"));
    apply(restore);
    assertConflict(restore);
    delete(user("ann"));
    assertConflict(restore);
  }

  @Test
  void restoreIsUndoneWithItsBatch() {
    putAll(user("bob"));
    put(user("ann"), ANN);
    delete(user("ann"));
    Change restore = restore(user("ann"));
    assertThatThrownBy(
            () ->
                storage.apply(
                    Batch.builder(tenant).add(restore).expect(user("bob"), ABSENT).build()))
        .isInstanceOf(StorageException.Conflict.class);
    assertThat(storage.buried(user("ann"))).isPresent();
    assertThat(matching(new Expression.All())).containsExactly("bob");
  }

  @Test
  void preconditionsSeeATombstoneAsNothing() {
    put(user("ann"), ANN);
    delete(user("ann"));
    Change restore = restore(user("ann"));
    assertThatThrownBy(
            () ->
                storage.apply(
                    Batch.builder(tenant).add(restore).expect(user("ann"), PRESENT).build()))
        .isInstanceOf(StorageException.Conflict.class);
    storage.apply(Batch.builder(tenant).add(restore).expect(user("ann"), ABSENT).build());
    assertThat(storage.get(user("ann"), List.of())).isPresent();
  }

  @Test
  void purgedTombstoneIsGone() {
    putAll(user("bob"));
    put(user("ann"), ANN);
    delete(user("ann"));
    Applied applied = apply(purge(user("ann")));
    assertThat(applied.changed()).isEmpty();
    assertThat(storage.buried(user("ann"))).isEmpty();
    assertThat(tombstones("User")).isEmpty();
    assertThat(matching(new Expression.All())).containsExactly("bob");
  }

  @Test
  void purgedKeyGetsNoVersionAgain() {
    Set<Version> versions = new HashSet<>();
    for (int round = 0; round < 5; round++) {
      assertThat(versions.add(put(user("ann"), ANN).version())).isTrue();
      delete(user("ann"));
      assertThat(versions.add(versionOf(user("ann")))).isTrue();
      apply(purge(user("ann")));
    }
    Stored again = put(user("ann"), ANN);
    assertThat(again.created()).isEqualTo(again.modified());
  }

  @Test
  void oneWrongPurgeStopsAll() {
    putAll(user("a"), user("b"), user("c"));
    delete(user("a"));
    delete(user("b"));
    Change.Purge ofLive = new Change.Purge(user("c"), read(user("c")).version());
    assertThatThrownBy(() -> apply(purge(user("a")), ofLive, purge(user("b"))))
        .isInstanceOf(StorageException.Conflict.class);
    assertThat(tombstones("User")).hasSize(2);
    assertThat(storage.existing(Set.of(user("c")))).hasSize(1);
  }

  @Test
  void manyArePurgedInOneBatch() {
    Batch.Builder puts = Batch.builder(tenant);
    Batch.Builder deletes = Batch.builder(tenant);
    for (int i = 0; i < 1_500; i++) {
      StorageKey key = i % 3 == 0 ? group("n" + i) : user("n" + i);
      puts.add(People.put(key, "{}"));
      deletes.add(new Change.Delete(key, "tester"));
    }
    storage.apply(puts.build());
    storage.apply(deletes.build());
    putAll(user("n1"), user("stays"));
    Batch.Builder purges = Batch.builder(tenant);
    List<Tombstone> all = storage.tombstones(new TombstoneQuery.Oldest(tenant, 10_000));
    assertThat(all).hasSize(1_499);
    all.forEach(each -> purges.add(new Change.Purge(each.key(), each.version())));
    storage.apply(purges.build());
    assertThat(storage.tombstones(new TombstoneQuery.Oldest(tenant, 10))).isEmpty();
    assertThat(matching(new Expression.All())).containsExactly("n1", "stays");
  }

  @Test
  void oldestTombstonesComeFirstOverAllCollections() {
    List<StorageKey> keys = List.of(user("b"), group("z"), user("a"), group("é"), user("😀"));
    putAll(keys.toArray(StorageKey[]::new));
    keys.forEach(this::delete);
    putAll(new StorageKey(tenant, "Zoo", "live"));
    List<Tombstone> all = storage.tombstones(new TombstoneQuery.Oldest(tenant, 100));
    assertThat(all).extracting(Tombstone::key).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(all)
        .isSortedAccordingTo(
            Comparator.comparing(Tombstone::deleted).thenComparing(Tombstone::key));
    assertThat(storage.tombstones(new TombstoneQuery.Oldest(tenant, 2)))
        .isEqualTo(all.subList(0, 2));
    assertThat(storage.tombstones(new TombstoneQuery.Oldest(tenant, 0))).isEmpty();
    apply(restore(all.get(0).key()));
    apply(purge(all.get(1).key()));
    storage.apply(Batch.put(People.put(all.get(2).key(), "{}"), ANY));
    assertThat(storage.tombstones(new TombstoneQuery.Oldest(tenant, 100)))
        .isEqualTo(all.subList(3, 5));
  }

  @Test
  void oneOfManyRestoresWins() {
    for (int round = 0; round < 5; round++) {
      put(user("ann"), ANN);
      delete(user("ann"));
      Change restore = restore(user("ann"));
      List<Race.Outcome> outcomes = Race.run(8, runner -> () -> apply(restore));
      assertThat(outcomes).filteredOn(Race.Outcome::succeeded).hasSize(1);
      assertThat(outcomes)
          .filteredOn(outcome -> outcome.failedWith(StorageException.Conflict.class))
          .hasSize(7);
      assertThat(matching(new Expression.All())).containsExactly("ann");
    }
  }

  @Test
  void restoreAndPurgeDoNotBothWin() {
    for (int round = 0; round < 10; round++) {
      put(user("ann"), ANN);
      delete(user("ann"));
      Change restore = restore(user("ann"));
      Change purge = purge(user("ann"));
      List<Race.Outcome> outcomes =
          Race.run(2, runner -> () -> apply(runner == 0 ? restore : purge));
      assertThat(outcomes).filteredOn(Race.Outcome::succeeded).hasSize(1);
      assertThat(outcomes)
          .filteredOn(outcome -> outcome.failedWith(StorageException.Conflict.class))
          .hasSize(1);
      assertThat(storage.existing(Set.of(user("ann"))).isEmpty())
          .isEqualTo(outcomes.get(1).succeeded());
      assertThat(storage.buried(user("ann"))).isEmpty();
    }
  }

  @Test
  void restoresAndPurgesAreOncePerKey() {
    put(user("ann"), ANN);
    delete(user("ann"));
    Change restore = restore(user("ann"));
    Change purge = purge(user("ann"));
    List<Change> others =
        List.of(restore, purge, People.put(user("ann"), "{}"), new Change.Delete(user("ann"), "t"));
    for (Change other : others) {
      assertThatThrownBy(() -> apply(restore, other)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> apply(other, purge)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(storage.buried(user("ann"))).isPresent();
  }

  private Change.Restore restore(StorageKey key) {
    Buried buried = storage.buried(key).orElseThrow();
    Change.Put put = People.put(key, buried.document().orElseThrow());
    return new Change.Restore(key, buried.tombstone().version(), put.keys(), put.label());
  }

  private Change.Purge purge(StorageKey key) {
    return new Change.Purge(key, versionOf(key));
  }

  private Version versionOf(StorageKey key) {
    return storage.buried(key).orElseThrow().tombstone().version();
  }

  private void assertConflict(Change change) {
    assertThatThrownBy(() -> apply(change)).isInstanceOf(StorageException.Conflict.class);
  }

  private List<Tombstone> tombstones(String collection) {
    return storage.tombstones(
        new TombstoneQuery.OfCollection(tenant, collection, Optional.empty(), 100));
  }

  private List<StorageKey> out(StorageKey key) {
    return storage
        .links(new LinkQuery(List.of(key), MEMBERS, Direction.OUT, Optional.empty(), 100))
        .stream()
        .map(Linked::other)
        .toList();
  }
}
