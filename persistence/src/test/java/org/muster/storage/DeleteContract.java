package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.LinkSelector.Direction;

/** What a delete takes along, what it leaves, and what comes after it. */
abstract class DeleteContract extends StorageContract {

  @Test
  void deletedDocumentIsSeenByNoRead() {
    putAll(user("ann"), user("bob"), group("g"));
    link(group("g"), user("ann"), user("bob"));
    delete(user("ann"));
    assertThat(storage.get(user("ann"), List.of())).isEmpty();
    assertThat(storage.existing(Set.of(user("ann")))).isEmpty();
    assertThat(matching(new Expression.All())).containsExactly("bob");
    assertThat(matching(People.compare(People.NAME, Expression.Operator.EQ, "ann"))).isEmpty();
    assertThat(out(group("g"))).containsExactly(user("bob"));
    assertThat(
            storage
                .get(group("g"), List.of(new LinkSelector(MEMBERS, Direction.OUT, true)))
                .orElseThrow()
                .links())
        .hasSize(1);
  }

  @Test
  void tombstoneTellsWhenAndWho() {
    Stored ann = put(user("ann"), "{}");
    Applied applied = storage.apply(Batch.delete(user("ann"), "an administrator", PRESENT));
    assertThat(applied.changed()).isEmpty();
    Tombstone tombstone = onlyTombstone();
    assertThat(tombstone.key()).isEqualTo(user("ann"));
    assertThat(tombstone.actor()).isEqualTo("an administrator");
    assertThat(tombstone.version()).isNotEqualTo(ann.version());
    assertThat(tombstone.deleted()).isBetween(ann.created(), Instant.now().plusSeconds(60));
  }

  @Test
  void deletingWhatIsAbsentChangesNothing() {
    assertThat(storage.apply(Batch.delete(user("nobody"), "tester", ANY)).changed()).isEmpty();
    assertThat(tombstones(Optional.empty(), 10)).isEmpty();
    put(user("ann"), "{}");
    delete(user("ann"));
    Tombstone first = onlyTombstone();
    storage.apply(Batch.delete(user("ann"), "another", ABSENT));
    assertThat(onlyTombstone()).isEqualTo(first);
  }

  @Test
  void deleteRaisesTheVersionsOfThoseThatLinkedToIt() {
    putAll(user("ann"), user("bob"), group("g"), group("h"), group("i"));
    link(group("g"), user("ann"), user("bob"));
    link(group("h"), user("ann"));
    link(group("i"), user("bob"));
    Stored g = read(group("g"));
    Stored h = read(group("h"));
    Stored i = read(group("i"));
    Stored bob = read(user("bob"));
    Applied applied = storage.apply(Batch.delete(user("ann"), "tester", ANY));
    assertThat(applied.changed()).isEmpty();
    assertThat(read(group("g")).version()).isNotEqualTo(g.version());
    assertThat(read(group("g")).modified()).isAfterOrEqualTo(g.modified());
    assertThat(read(group("g")).document()).isEqualTo(g.document());
    assertThat(read(group("h")).version()).isNotEqualTo(h.version());
    assertThat(read(group("i"))).isEqualTo(i);
    assertThat(read(user("bob"))).isEqualTo(bob);
  }

  @Test
  void deleteOfASourceLeavesItsTargetsAlone() {
    putAll(user("ann"), group("g"), group("h"));
    link(group("g"), user("ann"), group("h"));
    Stored ann = read(user("ann"));
    Stored h = read(group("h"));
    delete(group("g"));
    assertThat(read(user("ann"))).isEqualTo(ann);
    assertThat(read(group("h"))).isEqualTo(h);
  }

  @Test
  void deleteInOneBatchWithTheLinkerReportsWhatIsStored() {
    putAll(user("ann"), group("g"));
    link(group("g"), user("ann"));
    Applied applied =
        apply(
            People.put(group("g"), "{'userName':'renamed'}"),
            new Change.Delete(user("ann"), "tester"));
    assertThat(applied.of(group("g")).orElseThrow().version())
        .isEqualTo(read(group("g")).version());
    assertThat(out(group("g"))).isEmpty();
  }

  @Test
  void documentAndItsLinkerCanBeDeletedTogether() {
    putAll(user("ann"), group("g"), group("h"));
    link(group("g"), user("ann"), group("h"));
    link(group("h"), group("g"));
    Applied applied =
        apply(
            new Change.Delete(user("ann"), "tester"),
            new Change.Delete(group("g"), "tester"),
            new Change.Delete(group("h"), "tester"));
    assertThat(applied.changed()).isEmpty();
    assertThat(storage.existing(Set.of(user("ann"), group("g"), group("h")))).isEmpty();
  }

  @Test
  void deleteComesLastInABatch() {
    putAll(user("ann"), group("g"));
    Applied applied =
        apply(
            new Change.Delete(user("ann"), "tester"),
            new Change.AddLinks(group("g"), MEMBERS, List.of(user("ann"))),
            People.put(user("ann"), "{'a':1}"));
    assertThat(applied.of(user("ann"))).isEmpty();
    assertThat(storage.existing(Set.of(user("ann"), group("g")))).containsExactly(group("g"));
    assertThat(out(group("g"))).isEmpty();
  }

  @Test
  void recreatedDocumentIsANewOne() {
    Stored first = put(user("ann"), "{'externalId':'x','userName':'ann'}");
    putAll(group("g"));
    link(group("g"), user("ann"));
    delete(user("ann"));
    Version deleted = onlyTombstone().version();
    storage.apply(Batch.put(People.put(user("ann"), "{'userName':'Ann'}"), ABSENT));
    Stored second = read(user("ann"));
    assertThat(second.version()).isNotIn(first.version(), deleted);
    assertThat(second.created()).isEqualTo(second.modified());
    assertThat(second.created()).isAfterOrEqualTo(first.created());
    assertThat(second.label()).isEqualTo("Ann");
    assertThat(tombstones(Optional.empty(), 10)).isEmpty();
    assertThat(out(group("g"))).isEmpty();
    assertThat(matching(new Expression.Present(People.CODE))).isEmpty();
  }

  @Test
  void versionsOfAKeyAreNeverReused() {
    Set<Version> versions = new HashSet<>();
    for (int round = 0; round < 10; round++) {
      assertThat(versions.add(put(user("ann"), "{}").version())).isTrue();
      assertThat(versions.add(put(user("ann"), "{}").version())).isTrue();
      delete(user("ann"));
      assertThat(versions.add(onlyTombstone().version())).isTrue();
    }
  }

  @Test
  void tombstonesArePagedById() {
    List<String> ids = List.of("B", "a", "b", "é", "\uffee", "😀");
    for (String id : ids) {
      putAll(user(id), group(id));
      delete(user(id));
    }
    List<String> walked = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (List<Tombstone> page = tombstones(after, 4);
        !page.isEmpty();
        page = tombstones(after, 4)) {
      page.forEach(tombstone -> walked.add(tombstone.key().id()));
      after = Optional.of(walked.get(walked.size() - 1));
    }
    assertThat(walked).isEqualTo(ids);
    assertThat(
            storage.tombstones(
                new TombstoneQuery.OfCollection(
                    new TenantId(tenant.value() + "x"), "User", Optional.empty(), 10)))
        .isEmpty();
  }

  @Test
  void manyAreDeletedInOneBatch() {
    Batch.Builder puts = Batch.builder(tenant);
    Batch.Builder deletes = Batch.builder(tenant);
    List<StorageKey> members = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      members.add(user("m" + i));
      puts.add(People.put(user("m" + i), "{}"));
      deletes.add(new Change.Delete(user("m" + i), "tester"));
    }
    storage.apply(
        puts.add(People.put(group("g"), "{}"))
            .add(new Change.AddLinks(group("g"), MEMBERS, members))
            .build());
    storage.apply(deletes.build());
    assertThat(matching(new Expression.All())).isEmpty();
    assertThat(out(group("g"))).isEmpty();
    assertThat(tombstones(Optional.empty(), 1_000)).hasSize(300);
  }

  private Tombstone onlyTombstone() {
    List<Tombstone> all = tombstones(Optional.empty(), 10);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private List<Tombstone> tombstones(Optional<String> after, int limit) {
    return storage.tombstones(new TombstoneQuery.OfCollection(tenant, "User", after, limit));
  }

  private List<StorageKey> out(StorageKey key) {
    return storage
        .links(new LinkQuery(List.of(key), MEMBERS, Direction.OUT, Optional.empty(), 100))
        .stream()
        .map(Linked::other)
        .toList();
  }
}
