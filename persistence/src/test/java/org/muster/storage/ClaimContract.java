package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;

/** Values that only one document of a collection can have. */
abstract class ClaimContract extends StorageContract {

  @BeforeEach
  void twoUsers() {
    putAll(user("ann"), user("bob"));
  }

  @Test
  void secondOwnerIsRefusedAndNothingIsWritten() {
    apply(claim("ann", "x"));
    assertNotUnique(People.put(user("eve"), "{}"), claim("eve", "free"), claim("eve", "x"));
    assertThat(storage.existing(Set.of(user("eve")))).isEmpty();
    apply(claim("bob", "free"));
  }

  @Test
  void claimingWhatOneOwnsChangesNothing() {
    apply(claim("ann", "x"));
    Stored before = read(user("ann"));
    assertThat(apply(claim("ann", "x"), claim("ann", "x")).changed()).isEmpty();
    assertThat(read(user("ann"))).isEqualTo(before);
  }

  @Test
  void claimsDoNotRaiseTheVersion() {
    Stored before = read(user("ann"));
    apply(claim("ann", "x"));
    apply(release("ann", "x"));
    assertThat(read(user("ann"))).isEqualTo(before);
  }

  @Test
  void documentCanBePutAndClaimInOneBatch() {
    Applied applied = apply(claim("eve", "x"), People.put(user("eve"), "{}"));
    assertThat(applied.changed()).containsOnlyKeys(user("eve"));
    assertNotUnique(claim("ann", "x"));
  }

  @Test
  void putKeepsTheClaims() {
    apply(claim("ann", "x"));
    put(user("ann"), "{'a':1}");
    assertNotUnique(claim("bob", "x"));
  }

  @Test
  void documentCanOwnSeveralValues() {
    apply(claim("ann", "x"), claim("ann", "y"));
    apply(release("ann", "x"));
    apply(claim("bob", "x"));
    assertNotUnique(claim("bob", "y"));
  }

  @Test
  void releasedValueIsFree() {
    apply(claim("ann", "x"));
    apply(release("ann", "x"));
    apply(claim("bob", "x"));
    assertNotUnique(claim("ann", "x"));
  }

  @Test
  void releaseByAnotherIsLeftAlone() {
    apply(claim("ann", "x"));
    apply(release("bob", "x"), release("bob", "never claimed"));
    assertNotUnique(claim("bob", "x"));
  }

  @Test
  void valueCanChangeHandsInOneBatchWhateverTheOrder() {
    apply(claim("ann", "x"));
    apply(claim("bob", "x"), release("ann", "x"));
    assertNotUnique(claim("ann", "x"));
  }

  @Test
  void twoDocumentsCanSwapTheirValues() {
    apply(claim("ann", "x"), claim("bob", "y"));
    apply(claim("ann", "y"), claim("bob", "x"), release("ann", "x"), release("bob", "y"));
    assertNotUnique(claim("ann", "x"));
    assertNotUnique(claim("bob", "y"));
  }

  @Test
  void valueReleasedAndClaimedByOneOwnerStaysItsOwn() {
    apply(claim("ann", "x"));
    apply(release("ann", "x"), claim("ann", "x"));
    assertNotUnique(claim("bob", "x"));
  }

  @Test
  void twoClaimsOfOneBatchCannotBothWin() {
    assertNotUnique(claim("ann", "x"), claim("bob", "x"));
    apply(claim("bob", "x"));
  }

  @Test
  void releaseComesBeforeClaimsSoThatAClaimOfTheSameBatchStays() {
    apply(claim("ann", "x"), release("ann", "x"));
    assertNotUnique(claim("bob", "x"));
  }

  @Test
  void claimOfAnAbsentDocumentConflicts() {
    assertThatThrownBy(() -> apply(claim("nobody", "x")))
        .isInstanceOf(StorageException.Conflict.class);
    apply(claim("ann", "x"));
  }

  @Test
  void deleteFreesTheValues() {
    apply(claim("ann", "x"), claim("ann", "y"));
    delete(user("ann"));
    apply(claim("bob", "x"), claim("bob", "y"));
    put(user("ann"), "{}");
    assertNotUnique(claim("ann", "x"));
  }

  @Test
  void deleteComesAfterClaimsSoThatItsValuesAreFreeOnlyInTheNextBatch() {
    apply(claim("ann", "x"));
    assertNotUnique(new Change.Delete(user("ann"), "tester"), claim("bob", "x"));
    assertThat(storage.existing(Set.of(user("ann")))).hasSize(1);
  }

  @Test
  void attributesCollectionsAndTenantsDoNotMeet() {
    apply(claim("ann", "x"));
    apply(new Change.Claim(user("bob"), "externalId", "x"));
    put(group("g"), "{}");
    apply(new Change.Claim(group("g"), "userName", "x"));
    StorageKey elsewhere = new StorageKey(new TenantId(tenant.value() + "x"), "User", "1");
    storage.apply(
        new Batch(
            elsewhere.tenant(),
            List.of(People.put(elsewhere, "{}"), new Change.Claim(elsewhere, "userName", "x")),
            java.util.Map.of()));
    storage.apply(Batch.delete(elsewhere, "tester", ANY));
    assertNotUnique(claim("bob", "x"));
  }

  @Test
  void valuesAreComparedExactly() {
    String longest = "v".repeat(511);
    List<String> values =
        List.of("x", "X", "x ", " x", "", "é", "e\u0301", longest + "a", longest + "b", "%", "_");
    for (String value : values) {
      apply(claim("ann", value));
    }
    for (String value : values) {
      assertNotUnique(claim("bob", value));
    }
  }

  private Change claim(String id, String value) {
    return new Change.Claim(user(id), "userName", value);
  }

  private Change release(String id, String value) {
    return new Change.Release(user(id), "userName", value);
  }

  private void assertNotUnique(Change... changes) {
    assertThatThrownBy(() -> apply(changes))
        .isInstanceOfSatisfying(
            StorageException.NotUnique.class,
            refused -> assertThat(refused.attribute()).isEqualTo("userName"));
  }
}
