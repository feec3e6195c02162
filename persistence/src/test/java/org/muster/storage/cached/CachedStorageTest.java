package org.muster.storage.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.muster.cache.Coherence;
import org.muster.cache.VoidListener;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.sql.Transactions;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkSelector;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.memory.MemoryStorage;

class CachedStorageTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final String MEMBERS = "members";
  private static final List<LinkSelector> GROUPS =
      List.of(new LinkSelector(MEMBERS, Direction.IN, true));

  private final Counting store = new Counting(new MemoryStorage(Clock.systemUTC()));
  private final AtomicInteger epoch = new AtomicInteger();
  private final StorageProvider cached =
      new CachedStorage(
          store, TestCache.heap(), CachedStorage.Mode.INVALIDATE, Transactions.NONE, epoch::get);

  private static StorageKey user(String id) {
    return new StorageKey(TENANT, "User", id);
  }

  private static StorageKey group(String id) {
    return new StorageKey(TENANT, "Group", id);
  }

  private Applied apply(Change... changes) {
    return cached.apply(new Batch(TENANT, List.of(changes), Map.of()));
  }

  private static Change put(StorageKey key, String label) {
    return new Change.Put(key, JsonDocument.ofText("{}"), new TreeMap<>(), label);
  }

  private static Change add(StorageKey from, StorageKey... to) {
    return new Change.AddLinks(from, MEMBERS, List.of(to));
  }

  /** Reads often enough for all to be kept that can be. */
  private void warm(StorageKey... keys) {
    for (int i = 0; i < 2; i++) {
      for (StorageKey key : keys) {
        cached.get(key, GROUPS);
      }
    }
    store.gets.set(0);
  }

  private List<String> labels(StorageKey key) {
    return cached.get(key, GROUPS).orElseThrow().links().stream()
        .map(link -> link.label())
        .toList();
  }

  private void threeMembers() {
    apply(put(user("a"), ""), put(user("b"), ""), put(user("c"), ""), put(group("g"), "Staff"));
    apply(add(group("g"), user("a"), user("b")));
    warm(user("a"), user("b"), user("c"), group("g"));
  }

  @Test
  void secondReadAsksNobodyAndGivesTheSameObject() {
    threeMembers();
    Stored first = cached.get(user("a"), GROUPS).orElseThrow();
    assertThat(cached.get(user("a"), GROUPS)).containsSame(first);
    assertThat(store.gets).hasValue(0);
  }

  @Test
  void narrowerViewNeedsNoReadAndWiderOneNeedsOne() {
    threeMembers();
    assertThat(cached.get(user("a"), List.of()).orElseThrow().links()).isEmpty();
    assertThat(store.gets).hasValue(0);
    List<LinkSelector> wider =
        List.of(GROUPS.get(0), new LinkSelector("manager", Direction.OUT, false));
    cached.get(user("a"), wider);
    cached.get(user("a"), wider);
    cached.get(user("a"), GROUPS);
    assertThat(store.gets).hasValue(1);
  }

  @Test
  void newMemberIsReadAgainAndTheOthersAreNot() {
    threeMembers();
    apply(add(group("g"), user("c")));
    assertThat(labels(user("a"))).containsExactly("Staff");
    assertThat(labels(user("b"))).containsExactly("Staff");
    assertThat(store.gets).hasValue(0);
    assertThat(labels(user("c"))).containsExactly("Staff");
  }

  @Test
  void memberThatLeavesIsReadAgain() {
    threeMembers();
    apply(new Change.RemoveLinks(group("g"), MEMBERS, List.of(user("b"))));
    assertThat(labels(user("b"))).isEmpty();
    assertThat(labels(user("a"))).containsExactly("Staff");
  }

  @Test
  void newNameOfTheGroupIsShownByItsMembers() {
    threeMembers();
    apply(put(group("g"), "Everybody"));
    assertThat(labels(user("a"))).containsExactly("Everybody");
    assertThat(labels(user("b"))).containsExactly("Everybody");
  }

  @Test
  void groupAboveTheGroupIsShownByItsMembers() {
    threeMembers();
    apply(put(group("h"), "All"), add(group("h"), group("g")));
    assertThat(labels(user("a"))).containsExactly("Staff", "All");
    warm(user("a"));
    apply(new Change.RemoveLinks(group("h"), MEMBERS, List.of(group("g"))));
    assertThat(labels(user("a"))).containsExactly("Staff");
  }

  @Test
  void deletedGroupIsNotShownByItsMembers() {
    threeMembers();
    apply(new Change.Delete(group("g"), "tester"));
    assertThat(labels(user("a"))).isEmpty();
    assertThat(cached.get(group("g"), GROUPS)).isEmpty();
  }

  @Test
  void groupThatIsRenamedWhileNothingIsReliedUponIsShownAnewAfterwards() {
    Switch others = new Switch();
    StorageProvider node =
        new CachedStorage(
            store,
            TestCache.beside(others),
            CachedStorage.Mode.INVALIDATE,
            Transactions.NONE,
            () -> 0);
    node.apply(new Batch(TENANT, List.of(put(user("a"), ""), put(group("g"), "Old")), Map.of()));
    node.apply(new Batch(TENANT, List.of(add(group("g"), user("a"))), Map.of()));
    for (int i = 0; i < 2; i++) {
      node.get(user("a"), GROUPS);
    }
    others.connected = false;
    node.apply(new Batch(TENANT, List.of(put(group("g"), "New")), Map.of()));
    others.connected = true;
    assertThat(node.get(user("a"), GROUPS).orElseThrow().links().get(0).label()).isEqualTo("New");
  }

  @Test
  void refusedWriterReadsAnew() {
    threeMembers();
    Stored before = cached.get(user("a"), List.of()).orElseThrow();
    store.apply(Batch.put((Change.Put) put(user("a"), "elsewhere"), new Precondition.Any()));
    assertThat(cached.get(user("a"), List.of())).contains(before);
    Batch stale =
        Batch.put((Change.Put) put(user("a"), "here"), new Precondition.At(before.version()));
    assertThatThrownBy(() -> cached.apply(stale)).isInstanceOf(StorageException.Conflict.class);
    assertThat(cached.get(user("a"), List.of()).map(Stored::label)).contains("elsewhere");
  }

  @Test
  void otherEpochHasNothingOfThisOne() {
    threeMembers();
    epoch.set(1);
    warm(user("a"));
    epoch.set(2);
    cached.get(user("a"), GROUPS);
    assertThat(store.gets).hasValue(1);
  }

  @Test
  void documentThatShowsTooManyIsReadAlways() {
    apply(put(user("a"), ""));
    for (int i = 0; i <= Stamps.MOST; i++) {
      apply(put(group("g" + i), "G"), add(group("g" + i), user("a")));
    }
    warm(user("a"));
    assertThat(labels(user("a"))).hasSize(Stamps.MOST + 1);
    assertThat(store.gets.get()).isPositive();
  }

  @Test
  void hugeBatchIsForgottenAsAWhole() {
    threeMembers();
    Batch.Builder batch = Batch.builder(TENANT);
    for (int i = 0; i < 25_000; i++) {
      batch.add(put(user("u" + i), ""));
    }
    cached.apply(batch.add(put(group("g"), "Others")).build());
    assertThat(labels(user("a"))).containsExactly("Others");
  }

  @Test
  void erasedTenantHasNothing() {
    threeMembers();
    cached.erase(TENANT, Integer.MAX_VALUE);
    assertThat(cached.get(user("a"), GROUPS)).isEmpty();
  }

  @Test
  void storeThatMayHaveDoneItIsReadAnew() {
    threeMembers();
    store.failsAfterApply = true;
    assertThatThrownBy(() -> apply(put(group("g"), "Late")))
        .isInstanceOf(StorageException.Unavailable.class);
    assertThat(labels(user("a"))).containsExactly("Late");
  }

  @Test
  void whatIsWrittenThroughIsNotRead() {
    StorageProvider through =
        new CachedStorage(
            store, TestCache.heap(), CachedStorage.Mode.WRITE_THROUGH, Transactions.NONE, () -> 0);
    through.apply(Batch.put((Change.Put) put(user("a"), "one"), new Precondition.Absent()));
    through.apply(new Batch(TENANT, List.of(put(group("g"), "Staff")), Map.of()));
    Stored one = through.get(user("a"), GROUPS).orElseThrow();
    assertThat(one.label()).isEqualTo("one");
    assertThat(store.gets).hasValue(0);
    through.apply(new Batch(TENANT, List.of(add(group("g"), user("a"))), Map.of()));
    Stored linked = through.get(user("a"), GROUPS).orElseThrow();
    assertThat(linked.links()).hasSize(1);
    through.get(user("a"), GROUPS);
    store.gets.set(0);
    through.apply(
        Batch.put((Change.Put) put(user("a"), "two"), new Precondition.At(linked.version())));
    Stored two = through.get(user("a"), GROUPS).orElseThrow();
    assertThat(two.label()).isEqualTo("two");
    assertThat(two.links()).isEqualTo(linked.links());
    assertThat(store.gets).hasValue(0);
    assertThat(store.get(user("a"), GROUPS)).contains(two);
  }

  /** Others that are heard or not; when they are heard again nothing can have been missed. */
  private static final class Switch implements Coherence {
    boolean connected = true;

    @Override
    public Duration guard() {
      return Duration.ofDays(1);
    }

    @Override
    public void listen(VoidListener listener) {}

    @Override
    public boolean isImmediate() {
      return true;
    }

    @Override
    public boolean isConnected() {
      return connected;
    }
  }

  /** Counts the reads. */
  private static final class Counting extends ForwardingStorage {
    final AtomicInteger gets = new AtomicInteger();
    boolean failsAfterApply;

    Counting(StorageProvider delegate) {
      super(delegate);
    }

    @Override
    public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
      gets.incrementAndGet();
      return super.get(key, expand);
    }

    @Override
    public Applied apply(Batch batch) {
      Applied applied = super.apply(batch);
      if (failsAfterApply) {
        throw new StorageException.Unavailable("The answer was lost", new RuntimeException());
      }
      return applied;
    }
  }
}
