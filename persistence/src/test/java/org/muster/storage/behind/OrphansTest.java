package org.muster.storage.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.StorageKey;
import org.muster.storage.behind.PendingWrites.Work;

class OrphansTest {
  private static final Instant CREATED = Instant.ofEpochMilli(1_700_000_000_000L);
  private final List<TenantId> asked = new ArrayList<>();
  private final Orphans orphans =
      new Orphans(
          (tenant, time) -> {
            asked.add(tenant);
            return !tenant.value().equals("gone") && !CREATED.isAfter(time);
          });

  @Test
  void whatIsFreshIsNotAskedFor() {
    assertThat(orphans.among(List.of(work("gone", 0, 0)))).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void whatHasWaitedIsAskedForOncePerTenant() {
    List<Work> works =
        List.of(work("acme", 11, 1), work("acme", 12, 0), work("gone", 11, 1), work("gone", 0, 2));
    assertThat(orphans.among(works)).containsExactly(works.get(2));
    assertThat(asked).filteredOn(new TenantId("acme")::equals).hasSize(1);
  }

  @Test
  void whatIsOfTheTenantThatHasTheIdNowStays() {
    List<Work> works = List.of(work("acme", 12, -1), work("acme", 11, 1));
    assertThat(orphans.among(works)).containsExactly(works.get(0));
  }

  @Test
  void whatWasPendingWhenTheStoreFailedIsAskedFor() {
    Work before = work("gone", 0, 0);
    orphans.storeFailed();
    Work after = work("gone", 0, 0);
    assertThat(orphans.among(List.of(before, after))).containsExactly(before);
  }

  @Test
  void whatIsOfATenantThatIsGoneIsRefusedHoweverFreshItIs() {
    orphans.refuse(List.of(work("acme", 0, 2), work("acme", 0, 1)));
    assertThat(asked).as("once for all of a tenant").hasSize(1);
    assertThatThrownBy(() -> orphans.refuse(List.of(work("acme", 0, 1), work("gone", 0, 1))))
        .isInstanceOf(Orphans.Found.class);
    assertThatThrownBy(() -> orphans.refuse(List.of(work("acme", 0, 2), work("acme", 0, -1))))
        .isInstanceOf(Orphans.Found.class);
  }

  /** Of a document that was written so long after the tenant was created. */
  private static Work work(String tenant, int waitedSeconds, int secondsAfter) {
    StorageKey key = new StorageKey(new TenantId(tenant), "Device", "a");
    Instant time = CREATED.plusSeconds(secondsAfter);
    PendingWrite write = Installation.creation(key, new Version(1), time);
    long since = System.nanoTime() - waitedSeconds * 1_000_000_000L;
    return new Work(new Chain(key), List.of(new Logged(write, 1, 1, 1, since, false)));
  }
}
