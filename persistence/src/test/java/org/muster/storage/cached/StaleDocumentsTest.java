package org.muster.storage.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.muster.cache.ManualTime;
import org.muster.kernel.TenantId;
import org.muster.sql.Transactions;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.memory.MemoryStorage;

/** Documents whose time is over, while the store is away. */
class StaleDocumentsTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final StorageKey USER = new StorageKey(TENANT, "User", "u");
  private static final StorageKey GROUP = new StorageKey(TENANT, "Group", "g");
  private static final List<LinkSelector> GROUPS =
      List.of(new LinkSelector("members", LinkSelector.Direction.IN, true));

  private final ManualTime time = new ManualTime();
  private boolean isAway;
  private final StorageProvider store =
      new ForwardingStorage(new MemoryStorage(Clock.systemUTC())) {
        @Override
        public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
          if (isAway) {
            throw new StorageException.Unavailable("Away", null);
          }
          return super.get(key, expand);
        }
      };
  private final StorageProvider cached =
      new CachedStorage(
          store,
          TestCache.serving(time),
          CachedStorage.Mode.INVALIDATE,
          Transactions.NONE,
          () -> 0);

  @BeforeEach
  void readAll() {
    apply(put(USER, "Ann"), put(GROUP, "Staff"));
    apply(new Change.AddLinks(GROUP, "members", List.of(USER)));
    cached.get(USER, GROUPS);
    cached.get(USER, GROUPS);
  }

  @Test
  void documentIsServedWithWhatItShowsOfOthers() {
    goAway();
    for (int i = 0; i < 3; i++) {
      assertThat(groups()).containsExactly("Staff");
    }
  }

  @Test
  void documentIsNotServedForLonger() {
    goAway();
    time.pass(Duration.ofMinutes(1));
    assertThatThrownBy(this::groups).isInstanceOf(StorageException.Unavailable.class);
  }

  @Test
  void documentIsNotServedWhenWhatItShowsHasChanged() {
    apply(put(GROUP, "Everybody"));
    goAway();
    assertThatThrownBy(this::groups).isInstanceOf(StorageException.Unavailable.class);
  }

  @Test
  void documentIsReadAnewWhenTheStoreIsBack() {
    goAway();
    groups();
    isAway = false;
    apply(put(GROUP, "Everybody"));
    assertThat(groups()).containsExactly("Everybody");
  }

  private void goAway() {
    time.pass(Duration.ofSeconds(11));
    isAway = true;
  }

  private List<String> groups() {
    return cached.get(USER, GROUPS).orElseThrow().links().stream().map(Linked::label).toList();
  }

  private static Change put(StorageKey key, String label) {
    return new Change.Put(key, JsonDocument.ofText("{}"), new TreeMap<>(), label);
  }

  private void apply(Change... changes) {
    cached.apply(new Batch(TENANT, List.of(changes), Map.of()));
  }
}
