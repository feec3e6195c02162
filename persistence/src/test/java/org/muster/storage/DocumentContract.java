package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;

/** Documents, their versions, and the preconditions of batches. */
abstract class DocumentContract extends StorageContract {

  @Test
  void whatIsPutIsRead() {
    String json =
        "{'userName':'Ann','age':12.50,'big':123456789012345678901234567890,'no':null,"
            + "'on':true,'list':[1,'2',{'three':[]}],'':'empty name','ümläut':'😀'}";
    apply(People.put(user("1"), json));
    Stored stored = read(user("1"));
    assertThat(stored.key()).isEqualTo(user("1"));
    assertThat(stored.label()).isEqualTo("Ann");
    assertThat(stored.links()).isEmpty();
    assertThat(stored.document()).isEqualTo(People.document(json));
  }

  @Test
  void stampOfABatchIsWhatIsRead() {
    Applied applied = apply(People.put(user("1"), "{}"), People.put(user("2"), "{}"));
    for (StorageKey key : List.of(user("1"), user("2"))) {
      Stored stored = read(key);
      assertThat(applied.of(key))
          .contains(new Applied.Stamp(stored.version(), stored.created(), stored.modified()));
    }
  }

  @Test
  void timesAreMillisecondsOfNow() {
    Instant before = Instant.now().minusSeconds(60);
    Stored stored = put(user("1"), "{}");
    assertThat(stored.created()).isBetween(before, Instant.now().plusSeconds(60));
    assertThat(stored.modified()).isEqualTo(stored.created());
    assertThat(stored.created()).isEqualTo(stored.created().truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void secondPutKeepsCreatedAndRaisesVersionEvenIfEqual() {
    Stored first = put(user("1"), "{'a':1}");
    Stored second = put(user("1"), "{'a':1}");
    assertThat(second.version()).isNotEqualTo(first.version());
    assertThat(second.created()).isEqualTo(first.created());
    assertThat(second.modified()).isAfterOrEqualTo(first.modified());
  }

  @Test
  void putReplacesDocumentKeysAndLabelAsAWhole() {
    put(user("1"), "{'userName':'ann','externalId':'x'}");
    put(user("1"), "{'userName':'bob'}");
    assertThat(read(user("1")).document()).isEqualTo(People.document("{'userName':'bob'}"));
    assertThat(read(user("1")).label()).isEqualTo("bob");
    assertThat(matching(People.compare(People.NAME, Expression.Operator.EQ, "ann"))).isEmpty();
    assertThat(matching(new Expression.Present(People.CODE))).isEmpty();
  }

  @Test
  void laterPutOfABatchWins() {
    Applied applied = apply(People.put(user("1"), "{'a':1}"), People.put(user("1"), "{'a':2}"));
    assertThat(read(user("1")).document()).isEqualTo(People.document("{'a':2}"));
    assertThat(applied.of(user("1")).orElseThrow().version()).isEqualTo(read(user("1")).version());
  }

  @Test
  void absentDocumentIsEmpty() {
    assertThat(storage.get(user("1"), List.of())).isEmpty();
  }

  @Test
  void emptyBatchChangesNothing() {
    assertThat(apply().changed()).isEmpty();
  }

  @Test
  void tenantsAndCollectionsDoNotMeet() {
    put(user("1"), "{'userName':'ann'}");
    put(group("1"), "{'userName':'bob'}");
    StorageKey elsewhere = new StorageKey(new TenantId(tenant.value() + "x"), "User", "1");
    assertThat(storage.get(elsewhere, List.of())).isEmpty();
    assertThat(storage.existing(Set.of(elsewhere))).isEmpty();
    assertThat(read(user("1")).label()).isEqualTo("ann");
    assertThat(read(group("1")).label()).isEqualTo("bob");
    assertThat(matching(new Expression.All())).containsExactly("1");
  }

  @Test
  void idsDifferByCaseAndSpaces() {
    putAll(user("a"), user("A"), user("a "), user(" a"));
    delete(user("a"));
    assertThat(matching(new Expression.All())).containsExactly(" a", "A", "a ");
  }

  @Test
  void longestKeyAndLabelAreKept() {
    StorageKey key = new StorageKey(tenant, "c".repeat(64), "😀".repeat(127) + "i");
    apply(new Change.Put(key, People.document("{}"), new TreeMap<>(), "l".repeat(600)));
    assertThat(read(key).label()).isEqualTo("l".repeat(512));
  }

  @Test
  void existingNamesTheLiveOnes() {
    putAll(user("1"), user("2"), group("3"));
    delete(user("2"));
    assertThat(storage.existing(Set.of(user("1"), user("2"), group("3"), user("4"))))
        .containsExactlyInAnyOrder(user("1"), group("3"));
    assertThat(storage.existing(Set.of())).isEmpty();
  }

  @Test
  void existingTakesThousandsOfKeys() {
    putAll(user("1"), user("9999"));
    Set<StorageKey> keys = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      keys.add(user(Integer.toString(i)));
    }
    assertThat(storage.existing(keys)).containsExactlyInAnyOrder(user("1"), user("9999"));
  }

  @Test
  void absentHoldsWhereNothingIsAndConflictsAfterwards() {
    storage.apply(Batch.put(People.put(user("1"), "{'a':1}"), ABSENT));
    assertConflict(Batch.put(People.put(user("1"), "{'a':2}"), ABSENT), user("1"));
    assertThat(read(user("1")).document()).isEqualTo(People.document("{'a':1}"));
  }

  @Test
  void presentConflictsWhereNothingIs() {
    assertConflict(Batch.put(People.put(user("1"), "{}"), PRESENT), user("1"));
    assertThat(storage.get(user("1"), List.of())).isEmpty();
    put(user("1"), "{}");
    storage.apply(Batch.put(People.put(user("1"), "{'a':1}"), PRESENT));
    assertThat(read(user("1")).document()).isEqualTo(People.document("{'a':1}"));
  }

  @Test
  void staleWriterChangesNothing() {
    Stored first = put(user("1"), "{'a':1}");
    Stored second = put(user("1"), "{'a':2}");
    Precondition stale = new Precondition.At(first.version());
    assertConflict(Batch.put(People.put(user("1"), "{'a':3}"), stale), user("1"));
    assertConflict(Batch.delete(user("1"), "tester", stale), user("1"));
    assertThat(read(user("1"))).isEqualTo(second);
  }

  @Test
  void writerAtTheVersionSucceeds() {
    Stored first = put(user("1"), "{'a':1}");
    Applied applied =
        storage.apply(
            Batch.put(People.put(user("1"), "{'a':2}"), new Precondition.At(first.version())));
    assertThat(read(user("1")).version())
        .isEqualTo(applied.of(user("1")).orElseThrow().version())
        .isNotEqualTo(first.version());
  }

  @Test
  void versionOfAnAbsentDocumentConflicts() {
    assertConflict(
        Batch.put(People.put(user("1"), "{}"), new Precondition.At(new Version(1))), user("1"));
  }

  @Test
  void preconditionOfAnUnwrittenKeyIsJudged() {
    Stored ann = put(user("ann"), "{}");
    Batch.Builder batch =
        Batch.builder(tenant).add(People.put(user("bob"), "{}")).add(new Change.Check(user("ann")));
    storage.apply(batch.expect(user("ann"), new Precondition.At(ann.version())).build());
    assertThat(read(user("ann"))).isEqualTo(ann);
    assertConflict(batch.expect(user("ann"), ABSENT).build(), user("ann"));
    assertConflict(
        Batch.builder(tenant)
            .add(People.put(user("eve"), "{}"))
            .expect(user("nobody"), PRESENT)
            .build(),
        user("nobody"));
    assertThat(storage.get(user("eve"), List.of())).isEmpty();
  }

  @Test
  void allPreconditionsAreOfTheStateBefore() {
    storage.apply(
        new Batch(
            tenant,
            List.of(People.put(user("1"), "{}"), People.put(user("2"), "{}")),
            Map.of(user("1"), ABSENT, user("2"), ABSENT)));
    assertThat(matching(new Expression.All())).containsExactly("1", "2");
  }

  @Test
  void conflictOnOneKeyLeavesEveryKeyAlone() {
    Stored ann = put(user("ann"), "{'a':1}");
    put(group("g"), "{}");
    apply(new Change.Claim(user("ann"), "userName", "ann"));
    assertConflict(
        Batch.builder(tenant)
            .add(People.put(user("ann"), "{'a':2}"))
            .add(People.put(user("bob"), "{}"))
            .add(new Change.Claim(user("bob"), "userName", "bob"))
            .add(new Change.Release(user("ann"), "userName", "ann"))
            .add(new Change.AddLinks(group("g"), MEMBERS, List.of(user("ann"))))
            .add(new Change.Delete(group("g"), "tester"))
            .expect(user("bob"), PRESENT)
            .build(),
        user("bob"));
    assertThat(read(user("ann"))).isEqualTo(ann);
    assertThat(storage.existing(Set.of(user("bob"), group("g")))).containsExactly(group("g"));
    put(user("carl"), "{}");
    apply(new Change.Claim(user("carl"), "userName", "bob"));
    assertThatThrownBy(() -> apply(new Change.Claim(user("carl"), "userName", "ann")))
        .isInstanceOf(StorageException.NotUnique.class);
  }

  @Test
  void documentOverTheLimitIsTooLargeAndNothingIsWritten() {
    String text = "é".repeat(JsonDocument.MAX_BYTES / 2); // that many bytes, and quotes and braces
    assertThatThrownBy(
            () ->
                apply(
                    People.put(user("1"), "{}"), People.put(user("2"), People.with("note", text))))
        .isInstanceOf(StorageException.TooLarge.class);
    assertThat(matching(new Expression.All())).isEmpty();
  }

  @Test
  void documentJustWithinTheLimitIsKept() {
    JsonDocument document =
        People.with("note", "é".repeat((JsonDocument.MAX_BYTES - "{'note':''}".length()) / 2));
    assertThat(document.bytes()).isBetween(JsonDocument.MAX_BYTES - 1, JsonDocument.MAX_BYTES);
    apply(People.put(user("1"), document));
    assertThat(read(user("1")).document()).isEqualTo(document);
  }

  @Test
  void deepestDocumentIsKept() {
    int levels = JsonDocument.MAX_DEPTH - 1;
    String json = "{'a':" + "[".repeat(levels) + "]".repeat(levels) + "}";
    assertThat(put(user("1"), json).document()).isEqualTo(People.document(json));
  }

  @Test
  void batchOfAThousandChangesIsOneStep() {
    Batch.Builder batch = Batch.builder(tenant);
    for (int i = 0; i < 1_000; i++) {
      batch.add(People.put(user(Integer.toString(i)), "{}"));
    }
    Batch refused = batch.expect(user("999"), PRESENT).build();
    assertConflict(refused, user("999"));
    assertThat(storage.count(query("User", new Expression.All(), Query.Order.BY_ID, first(0))))
        .isZero();
    assertThat(storage.apply(batch.expect(user("999"), ABSENT).build()).changed()).hasSize(1_000);
  }

  @Test
  void providerIsUp() {
    assertThat(storage.health().up()).isTrue();
    assertThat(storage.capabilities()).contains(Capability.MULTI_KEY_BATCH, Capability.LINKS);
  }

  private void assertConflict(Batch batch, StorageKey key) {
    assertThatThrownBy(() -> storage.apply(batch))
        .isInstanceOfSatisfying(
            StorageException.Conflict.class, conflict -> assertThat(conflict.key()).isEqualTo(key));
  }

  @Test
  void reindexedDocumentIsFoundByItsNewKeysAndKeepsItsVersion() {
    Change.Put bare =
        new Change.Put(user("1"), People.document("{'userName':'Ann'}"), new TreeMap<>(), "Ann");
    storage.apply(Batch.put(bare, ABSENT));
    Expression named = People.compare(People.NAME, Expression.Operator.EQ, "ann");
    Query query = query("User", named, Query.Order.BY_ID, first(10));
    assertThat(storage.query(query).items()).isEmpty();
    Stored before = read(user("1"));
    apply(
        new Change.Reindex(
            user("1"), before.version(), Keys.of(before.document(), People.INDEXED)));
    assertThat(ids(storage.query(query).items())).containsExactly("1");
    assertThat(read(user("1"))).isEqualTo(before);
  }

  @Test
  void reindexOfAnotherVersionOrOfNothingChangesNothing() {
    Stored old = put(user("1"), "{'userName':'Ann'}");
    Stored now = put(user("1"), "{'userName':'Bob'}");
    put(user("2"), "{'userName':'Cid'}");
    delete(user("2"));
    apply(
        new Change.Reindex(user("1"), old.version(), Keys.of(old.document(), People.INDEXED)),
        new Change.Reindex(
            user("2"), old.version(), new TreeMap<>(Map.of("userName", List.of("x")))),
        new Change.Reindex(
            user("3"), old.version(), new TreeMap<>(Map.of("userName", List.of("y")))));
    assertThat(matching(People.compare(People.NAME, Expression.Operator.EQ, "ann"))).isEmpty();
    assertThat(matching(People.compare(People.NAME, Expression.Operator.EQ, "bob")))
        .containsExactly("1");
    assertThat(read(user("1"))).isEqualTo(now);
    assertThat(storage.existing(Set.of(user("2"), user("3")))).isEmpty();
  }
}
