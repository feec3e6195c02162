package org.muster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.muster.event.seal.SubjectKeys;
import org.muster.kernel.TenantId;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * What every store of snapshots must do, sealed ones. A store's test extends this and supplies it;
 * each write may run in a transaction of its own.
 */
public abstract class SnapshotStoreContract {
  protected final TenantId tenant =
      new TenantId("s" + UUID.randomUUID().toString().replace("-", ""));

  /** The store under test. */
  protected abstract SnapshotStore store();

  /** The keys with which it seals. */
  protected abstract SubjectKeys keys();

  @Test
  void lastOneAtOrBeforeAnEventIsFound() {
    Snapshot second = save("a", 2, "{\"v\":\"\uffee 😀 é\"}");
    Snapshot tenth = save("a", 10, "{\"v\":10}");
    save("b", 4, "{}");
    assertThat(store().latest(user("a"), 1)).isEmpty();
    assertThat(store().latest(user("a"), 2)).contains(second);
    assertThat(store().latest(user("a"), 9)).contains(second);
    assertThat(store().latest(user("a"), 10)).contains(tenth);
    assertThat(store().latest(user("a"), Long.MAX_VALUE)).contains(tenth);
    assertThat(store().latest(user("nobody"), 10)).isEmpty();
  }

  @Test
  void oneOfTheSameEventIsReplaced() {
    save("a", 2, "{\"v\":1}");
    Snapshot later = save("a", 2, "{\"v\":2}");
    assertThat(store().latest(user("a"), 5)).contains(later);
  }

  @Test
  void largeStateIsKept() {
    Snapshot large = save("a", 1, "{\"v\":\"" + "x".repeat(1_000_000) + "\"}");
    assertThat(store().latest(user("a"), 1)).contains(large);
  }

  @Test
  void discardedOnesAreGoneAndThoseOfOthersStay() {
    save("a", 1, "{}");
    save("a", 2, "{}");
    Snapshot other = save("b", 1, "{}");
    store().discard(user("a"));
    store().discard(user("nobody"));
    assertThat(store().latest(user("a"), 9)).isEmpty();
    assertThat(store().latest(user("b"), 9)).contains(other);
    Snapshot anew = save("a", 3, "{\"v\":3}");
    assertThat(store().latest(user("a"), 9)).contains(anew);
  }

  @Test
  void erasedTenantLeavesNothing() {
    for (int i = 1; i <= 10; i++) {
      save("a", i, "{}");
    }
    StorageKey foreign = new StorageKey(new TenantId(tenant.value() + "x"), "User", "a");
    store().save(new Snapshot(foreign, 1, JsonDocument.ofText("{}")));
    int steps = 0;
    while (store().erase(tenant, 4) > 0) {
      assertThat(++steps).isLessThan(20);
    }
    assertThat(store().latest(user("a"), 99)).isEmpty();
    assertThat(store().latest(foreign, 1)).isPresent();
  }

  @Test
  void nothingIsReadOrSavedOnceTheKeyIsDestroyed() {
    save("a", 1, "{\"v\":1}");
    keys().destroy(user("a"), Instant.ofEpochMilli(1), "admin");
    assertThat(store().latest(user("a"), 9)).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> save("a", 2, "{}")).isInstanceOf(StorageException.Erased.class);
  }

  protected final Snapshot save(String id, long number, String state) {
    Snapshot snapshot = new Snapshot(user(id), number, JsonDocument.ofText(state));
    store().save(snapshot);
    return snapshot;
  }

  protected final StorageKey user(String id) {
    return new StorageKey(tenant, "User", id);
  }
}
