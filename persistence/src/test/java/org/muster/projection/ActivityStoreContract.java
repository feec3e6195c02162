package org.muster.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.muster.kernel.TenantId;
import org.muster.projection.memory.MemoryActivityStore;
import org.muster.storage.StorageKey;

/** What every store of activity promises. */
public abstract class ActivityStoreContract {
  private final TenantId tenant = tenant();

  /** An empty store, or one that other tenants have something in. */
  protected abstract ActivityStore store();

  private static TenantId tenant() {
    return new TenantId("a" + UUID.randomUUID().toString().replace("-", ""));
  }

  @Test
  void documentsAreCountedByWhatTheySayOfThemselves() {
    ActivityStore store = store();
    assertThat(store.counts(tenant)).isEmpty();
    store.mark(
        Map.of(
            user("a"),
            known(true, 1),
            user("b"),
            known(false, 2),
            user("c"),
            unknown(3),
            key("Group", "g"),
            unknown(4)));
    assertThat(store.counts(tenant))
        .containsEntry("User", new ActivityCount(3, 1, 1))
        .containsEntry("Group", new ActivityCount(1, 0, 0));
    store.mark(Map.of(user("a"), known(false, 5), user("b"), new ActivityMark.Gone()));
    assertThat(store.counts(tenant)).containsEntry("User", new ActivityCount(2, 0, 1));
    store.mark(Map.of(key("Group", "g"), new ActivityMark.Gone()));
    assertThat(store.counts(tenant)).containsOnlyKeys("User");
    assertThat(store.counts(tenant())).isEmpty();
  }

  @Test
  void whatWasNotChangedForLongestComesFirst() {
    ActivityStore store = store();
    store.mark(
        Map.of(
            user("a"),
            known(true, 30),
            user("b"),
            known(false, 20),
            user("c"),
            known(false, 20),
            user("d"),
            known(false, 10),
            user("e"),
            unknown(5)));
    assertThat(ids(page(Optional.of(false), 100, Optional.empty(), 10)))
        .containsExactly("d", "b", "c");
    assertThat(ids(page(Optional.empty(), 100, Optional.empty(), 10)))
        .containsExactly("e", "d", "b", "c", "a");
    assertThat(ids(page(Optional.empty(), 20, Optional.empty(), 10))).containsExactly("e", "d");
    List<Activity> first = page(Optional.of(false), 100, Optional.empty(), 2);
    assertThat(ids(first)).containsExactly("d", "b");
    assertThat(
            ids(
                page(
                    Optional.of(false), 100, Optional.of(ActivityQuery.Place.of(first.get(1))), 2)))
        .containsExactly("c");
  }

  @Test
  void touchedDocumentSaysWhatItSaid() {
    ActivityStore store = store();
    store.mark(Map.of(user("a"), known(false, 10)));
    store.mark(Map.of(user("a"), touched(50), user("gone"), touched(60)));
    assertThat(page(Optional.empty(), 100, Optional.empty(), 10))
        .containsExactly(new Activity("a", Optional.of(false), Instant.ofEpochMilli(50)));
  }

  @Test
  void randomMarksComeToTheSameAsInTheHeap(TestReporter reporter) {
    long seed = Long.getLong("muster.seed", new Random().nextLong());
    reporter.publishEntry("muster.seed", Long.toString(seed));
    Random random = new Random(seed);
    ActivityStore store = store();
    ActivityStore model = new MemoryActivityStore();
    for (int step = 0; step < 60; step++) {
      Map<StorageKey, ActivityMark> marks = new HashMap<>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        marks.put(
            key(random.nextBoolean() ? "User" : "Group", "u" + random.nextInt(30)), any(random));
      }
      store.mark(marks);
      if (random.nextInt(4) == 0) {
        store.mark(marks);
      }
      model.mark(marks);
      assertThat(store.counts(tenant)).as("seed %d", seed).isEqualTo(model.counts(tenant));
      ActivityQuery query =
          new ActivityQuery(
              tenant,
              "User",
              random.nextBoolean() ? Optional.empty() : Optional.of(random.nextBoolean()),
              Instant.ofEpochMilli(random.nextInt(100)),
              Optional.empty(),
              1 + random.nextInt(40));
      assertThat(store.page(query)).as("seed %d", seed).isEqualTo(model.page(query));
    }
  }

  @Test
  void erasedTenantLeavesNoTrace() {
    ActivityStore store = store();
    TenantId other = tenant();
    Map<StorageKey, ActivityMark> marks = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      marks.put(user("u" + i), known(true, i));
      marks.put(new StorageKey(other, "User", "u" + i), known(true, i));
    }
    store.mark(marks);
    int steps = 0;
    while (store.erase(tenant, 3) > 0) {
      assertThat(++steps).isLessThan(20);
    }
    assertThat(store.counts(tenant)).isEmpty();
    assertThat(page(Optional.empty(), 100, Optional.empty(), 10)).isEmpty();
    assertThat(store.counts(other)).containsEntry("User", new ActivityCount(10, 10, 0));
  }

  private List<Activity> page(
      Optional<Boolean> active, long before, Optional<ActivityQuery.Place> after, int limit) {
    return store()
        .page(
            new ActivityQuery(tenant, "User", active, Instant.ofEpochMilli(before), after, limit));
  }

  private static List<String> ids(List<Activity> page) {
    List<String> ids = new ArrayList<>();
    page.forEach(item -> ids.add(item.id()));
    return ids;
  }

  private static ActivityMark any(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new ActivityMark.Gone();
      case 1 -> touched(random.nextInt(100));
      case 2 -> unknown(random.nextInt(100));
      default -> known(random.nextBoolean(), random.nextInt(100));
    };
  }

  private static ActivityMark known(boolean active, long millis) {
    return new ActivityMark.Known(Optional.of(active), Instant.ofEpochMilli(millis));
  }

  private static ActivityMark unknown(long millis) {
    return new ActivityMark.Known(Optional.empty(), Instant.ofEpochMilli(millis));
  }

  private static ActivityMark touched(long millis) {
    return new ActivityMark.Touched(Instant.ofEpochMilli(millis));
  }

  private StorageKey user(String id) {
    return key("User", id);
  }

  private StorageKey key(String collection, String id) {
    return new StorageKey(tenant, collection, id);
  }
}
