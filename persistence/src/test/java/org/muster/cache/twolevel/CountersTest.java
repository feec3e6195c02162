package org.muster.cache.twolevel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.muster.cache.CacheSpace;
import org.muster.kernel.TenantId;

class CountersTest {
  @Test
  void totalsNeverFallWhileSpacesGiveWay() throws Exception {
    Counters counters = new Counters(10);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Long> looking =
        CompletableFuture.supplyAsync(
            () -> {
              long last = 0;
              while (!done.get()) {
                long now = counters.total().loads.sum();
                assertThat(now).isGreaterThanOrEqualTo(last);
                last = now;
              }
              return last;
            });
    for (int i = 0; i < 50_000; i++) {
      counters.of(new CacheSpace(TenantId.DEFAULT, "s" + i)).loads.increment();
    }
    done.set(true);
    assertThat(looking.get()).isLessThanOrEqualTo(50_000);
    assertThat(counters.total().loads.sum()).isEqualTo(50_000);
  }
}
