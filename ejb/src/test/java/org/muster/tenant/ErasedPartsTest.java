package org.muster.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;

class ErasedPartsTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final int MOST = 10;

  private final Rows documents = new Rows(12);
  private final Rows events = new Rows(45);
  private final Rows keys = new Rows(15);

  /** Rows, of which each step removes some. */
  private static final class Rows implements ErasedParts.Part {
    private long left;

    Rows(long left) {
      this.left = left;
    }

    @Override
    public long erase(TenantId tenant, int most) {
      long removed = Math.min(most, left);
      left -= removed;
      return removed;
    }
  }

  @Test
  void keysAreThereAsLongAsSomethingThatTheyOpen() {
    ErasedParts parts = new ErasedParts(List.of(documents, events), keys);
    List<Long> removed = new ArrayList<>();
    do {
      if (documents.left + events.left > 0) {
        assertThat(keys.left).isEqualTo(15);
      }
      removed.add(parts.erase(TENANT, MOST));
    } while (removed.get(removed.size() - 1) > 0);
    assertThat(removed).containsExactly(20L, 12L, 10L, 10L, 5L, 10L, 5L, 0L);
    assertThat(documents.left + events.left + keys.left).isZero();
  }
}
