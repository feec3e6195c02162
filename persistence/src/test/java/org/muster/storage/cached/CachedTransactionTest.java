package org.muster.storage.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.TestDatabase;

/** A cache over transactions. */
class CachedTransactionTest {
  private final TestDatabase database = TestDatabase.h2();
  private StorageProvider cached = cached(CachedStorage.Mode.INVALIDATE);
  private final StorageKey key =
      new StorageKey(new TenantId("t" + UUID.randomUUID()), "User", "ann");

  private StorageProvider cached(CachedStorage.Mode mode) {
    return new CachedStorage(
        database.storage(Clock.systemUTC()), TestCache.heap(), mode, database, () -> 0);
  }

  private void put(String label) {
    cached.apply(
        Batch.put(
            new Change.Put(key, JsonDocument.ofText("{}"), new TreeMap<>(), label),
            new Precondition.Any()));
  }

  private String label() {
    return cached.get(key, List.of()).orElseThrow().label();
  }

  private void committed(String label) {
    database.inTransaction(
        () -> {
          put(label);
          return true;
        });
    label();
  }

  @ParameterizedTest
  @EnumSource
  void writerReadsWhatItWroteAndNobodyElseDoesBeforeTheCommit(CachedStorage.Mode mode) {
    cached = cached(mode);
    committed("one");
    database.inTransaction(
        () -> {
          put("two");
          assertThat(label()).isEqualTo("two");
          assertThat(CompletableFuture.supplyAsync(this::label).join()).isEqualTo("one");
          assertThat(label()).isEqualTo("two");
          return true;
        });
    assertThat(label()).isEqualTo("two");
    assertThat(CompletableFuture.supplyAsync(this::label).join()).isEqualTo("two");
  }

  @ParameterizedTest
  @EnumSource
  void rollbackLeavesNothing(CachedStorage.Mode mode) {
    cached = cached(mode);
    committed("one");
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      put("two");
                      label();
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(label()).isEqualTo("one");
  }
}
