package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;

/** What is left of a tenant that was erased: nothing, and all of the others. */
abstract class EraseContract extends StorageContract {

  @Test
  void nothingIsLeftOfATenantAndAllOfTheOthers() {
    TenantId other = new TenantId(tenant.value() + "x");
    StorageKey kept = new StorageKey(other, "User", "ann");
    StorageKey keptGroup = new StorageKey(other, "Group", "g");
    storage.apply(
        Batch.builder(other)
            .add(People.put(kept, "{'userName':'ann'}"))
            .add(People.put(keptGroup, "{}"))
            .add(new Change.Claim(kept, "userName", "ann"))
            .add(new Change.AddLinks(keptGroup, MEMBERS, List.of(kept)))
            .build());
    Stored before = storage.get(kept, List.of()).orElseThrow();
    put(user("ann"), "{'userName':'ann'}");
    put(user("bob"), "{'userName':'bob'}");
    put(group("g"), "{}");
    apply(new Change.Claim(user("ann"), "userName", "ann"));
    apply(new Change.AddLinks(group("g"), MEMBERS, List.of(user("ann"), user("bob"))));
    storage.apply(Batch.delete(user("bob"), "tester", ANY));

    eraseAll(2);

    assertThat(storage.get(user("ann"), List.of())).isEmpty();
    assertThat(storage.tombstones(new TombstoneQuery.Oldest(tenant, 10))).isEmpty();
    assertThat(storage.count(all(tenant))).isZero();
    assertThat(storage.get(kept, List.of())).contains(before);
    assertThat(storage.count(all(other))).isEqualTo(1);
    assertThat(storage.links(members(keptGroup))).hasSize(1);
  }

  @Test
  void erasedTenantCanStartAnew() {
    put(user("ann"), "{'userName':'ann'}");
    apply(new Change.Claim(user("ann"), "userName", "ann"));
    eraseAll(1_000);
    put(user("another"), "{'userName':'ann'}");
    apply(new Change.Claim(user("another"), "userName", "ann"));
    assertThat(storage.count(all(tenant))).isEqualTo(1);
  }

  @Test
  void erasingWhatIsNotThereChangesNothing() {
    assertThat(storage.erase(tenant, 10)).isZero();
  }

  private void eraseAll(int most) {
    int steps = 0;
    while (storage.erase(tenant, most) > 0) {
      assertThat(++steps).isLessThan(1_000);
    }
  }

  private static Query all(TenantId tenant) {
    return new Query(
        tenant,
        "User",
        new Expression.All(),
        Query.Order.BY_ID,
        new Query.Page.Offset(0, 10),
        List.of(),
        1_000);
  }

  private static LinkQuery members(StorageKey group) {
    return new LinkQuery(List.of(group), MEMBERS, LinkSelector.Direction.OUT, Optional.empty(), 10);
  }
}
