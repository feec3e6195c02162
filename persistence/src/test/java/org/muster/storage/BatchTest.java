package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.LinkSelector.Direction;

/** What the values of the SPI refuse when they are made. */
class BatchTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final StorageKey ANN = new StorageKey(ACME, "User", "ann");
  private static final StorageKey ELSEWHERE = new StorageKey(new TenantId("other"), "User", "ann");
  private static final Precondition ANY = new Precondition.Any();

  @Test
  void batchIsOfOneTenant() {
    assertRefused(() -> new Batch(ACME, List.of(new Change.Check(ELSEWHERE)), Map.of()));
    assertRefused(() -> new Batch(ACME, List.of(), Map.of(ELSEWHERE, ANY)));
    assertThat(Batch.builder(ACME).add(new Change.Check(ANN)).expect(ANN, ANY).build())
        .isEqualTo(new Batch(ACME, List.of(new Change.Check(ANN)), Map.of(ANN, ANY)));
  }

  @Test
  void linksStayInTheirTenant() {
    assertRefused(() -> new Change.AddLinks(ANN, "manager", List.of(ELSEWHERE)));
    assertRefused(() -> new Change.RemoveLinks(ANN, "manager", List.of(ELSEWHERE)));
    assertRefused(() -> new Change.ReplaceLinks(ANN, "manager", List.of(ELSEWHERE)));
  }

  @Test
  void namesAndValuesHaveALength() {
    assertRefused(() -> new Change.AddLinks(ANN, "", List.of()));
    assertRefused(() -> new Change.AddLinks(ANN, "r".repeat(65), List.of()));
    assertRefused(() -> new Change.Claim(ANN, "a".repeat(256), "x"));
    assertRefused(() -> new Change.Claim(ANN, "a", "x".repeat(513)));
    assertRefused(() -> new Change.Release(ANN, "a", "x".repeat(513)));
    assertRefused(() -> new Change.Delete(ANN, "x".repeat(256)));
    assertRefused(() -> new StorageKey(ACME, "", "1"));
    assertRefused(() -> new StorageKey(ACME, "c".repeat(65), "1"));
    assertRefused(() -> new StorageKey(ACME, "c", ""));
    assertRefused(() -> new StorageKey(ACME, "c", "1".repeat(256)));
  }

  @Test
  void pagesHaveALimit() {
    assertRefused(() -> new Query.Page.After(Optional.empty(), -1));
    assertRefused(() -> new Query.Page.After(Optional.empty(), 10_001));
    assertRefused(() -> new Query.Page.Offset(0, 10_001));
    assertRefused(() -> new Query.Page.Offset(-1, 10));
    assertRefused(() -> links(List.of(), 1));
    assertRefused(() -> links(Collections.nCopies(1_001, ANN), 1));
    assertRefused(() -> links(List.of(ANN, ELSEWHERE), 1));
    assertRefused(() -> links(List.of(ANN), 0));
    assertRefused(() -> links(List.of(ANN), 10_001));
  }

  @Test
  void labelIsCutAndKeepsPairsWhole() {
    Change.Put put =
        new Change.Put(
            ANN, People.document("{}"), new java.util.TreeMap<>(), "l".repeat(511) + "😀");
    assertThat(put.label()).isEqualTo("l".repeat(511));
  }

  @Test
  void keysAreOrderedByTenantThenCollectionThenId() {
    List<StorageKey> sorted =
        List.of(
            new StorageKey(ACME, "Group", "z"),
            new StorageKey(ACME, "User", "\uffee"),
            new StorageKey(ACME, "User", "😀"),
            ELSEWHERE);
    assertThat(sorted).isSorted();
  }

  @Test
  void onlyTheThreeColumnsAreColumns() {
    assertThat(List.of(Path.ID, Path.CREATED, Path.MODIFIED)).allMatch(Path::isColumn);
    assertThat(new Path("$ref", List.of("$ref"), Path.Type.TEXT, true, false, false).isColumn())
        .isFalse();
  }

  private static LinkQuery links(List<StorageKey> anchors, int limit) {
    return new LinkQuery(anchors, "members", Direction.OUT, Optional.empty(), limit);
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
  }
}
