package org.muster.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;

/** A deletion that has to wait for another writer. */
class PostgresDeletionTest {
  private final TenantId tenant = new TenantId("d" + UUID.randomUUID().toString().replace("-", ""));
  private final StorageKey member = new StorageKey(tenant, "User", "m");
  private final StorageKey group = new StorageKey(tenant, "Group", "g");

  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Test
  void groupThatLosesTheMemberMeanwhileIsNotRaisedOnceMore() throws Exception {
    TestDatabase database = TestDatabase.postgres().orElseThrow();
    StorageProvider joined = database.storage(Clock.systemUTC());
    StorageProvider storage = database.transactional(Clock.systemUTC());
    Batch.Builder made = Batch.builder(tenant);
    for (StorageKey key : List.of(member, group)) {
      made.add(new Change.Put(key, JsonDocument.ofText("{}"), new TreeMap<>(), key.id()));
    }
    made.add(new Change.AddLinks(group, "members", List.of(member)));
    storage.apply(made.build());
    CompletableFuture<Applied> deleted = new CompletableFuture<>();
    Applied removed =
        database.inTransaction(
            () -> {
              Applied applied =
                  joined.apply(
                      Batch.builder(tenant)
                          .add(new Change.RemoveLinks(group, "members", List.of(member)))
                          .build());
              Thread deleting =
                  new Thread(
                      () -> {
                        try {
                          deleted.complete(
                              storage.apply(
                                  Batch.delete(member, "tester", new Precondition.Any())));
                        } catch (RuntimeException e) {
                          deleted.completeExceptionally(e);
                        }
                      });
              deleting.start();
              pause(); // until it waits for the group
              assertThat(deleted.isDone()).isFalse();
              return applied;
            });
    assertThat(deleted.get(30, TimeUnit.SECONDS).effects())
        .allMatch(effect -> effect.key().equals(member));
    assertThat(storage.get(group, List.of()).orElseThrow().version())
        .isEqualTo(removed.moment().orElseThrow().version());
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
