package org.muster.event.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.muster.event.projection.Progress;
import org.muster.event.projection.ProgressContract;
import org.muster.event.projection.ProjectionProgress;
import org.muster.event.projection.Unit;
import org.muster.storage.jpa.TestDatabase;

/** Progress in PostgreSQL. */
class PostgresProgressTest extends ProgressContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  protected ProjectionProgress progress() {
    return TestDatabase.postgres().orElseThrow().progress();
  }

  @Override
  protected Unit transactions() {
    return new Unit() {
      @Override
      public <T> T run(Supplier<T> work) {
        return TestDatabase.postgres().orElseThrow().inTransaction(work);
      }
    };
  }

  @Test
  void onlyOneTransactionHasIt() {
    take();
    transactions()
        .run(
            () -> {
              assertThat(progress().take(name, false, NOW)).isPresent();
              Optional<Progress> other =
                  CompletableFuture.supplyAsync(
                          () -> transactions().run(() -> progress().take(name, false, NOW)))
                      .join();
              assertThat(other).isEmpty();
              return true;
            });
    assertThat(transactions().run(() -> progress().take(name, false, NOW))).isPresent();
  }
}
