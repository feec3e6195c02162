package org.muster.cache.coded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.Lifetime;
import org.muster.cache.Slot;
import org.muster.kernel.TenantId;

final class CellsTest {
  private static final SpaceView VIEW = new SpaceView(42, 0);

  private final Cells<String> cells = new Cells<>(new TextCodec(), 7, true);
  private final CacheEntry<String> entry =
      new CacheEntry<>(Optional.of("Zoë 🦆"), 5, new Lifetime(1_000, 300));

  @Test
  void entryIsReadAsItWasWritten() throws Exception {
    assertThat(cells.slot(cells.entry(entry, 42), VIEW, 999)).isEqualTo(Slot.of(entry));
  }

  @Test
  void entryIsNotThereWhenItsTimeIsOver() throws Exception {
    assertThat(cells.slot(cells.entry(entry, 42), VIEW, 1_000)).isEqualTo(Slot.vacant());
  }

  @Test
  void entryOfAnotherGenerationIsNotThere() throws Exception {
    SpaceView cleared = new SpaceView(43, -9);
    assertThat(cells.slot(cells.entry(entry, 42), cleared, 0)).isEqualTo(Slot.voided(-9));
  }

  @Test
  void markIsAnotherOneInAnotherGeneration() {
    byte[] cell = cells.voided(-77, 42);
    long later = cells.mark(cell, new SpaceView(43, -9), 0);
    assertThat(cells.mark(cell, VIEW, 0)).isEqualTo(-77);
    assertThat(later).isNegative().isNotEqualTo(-77).isNotEqualTo(-9);
    assertThat(cells.mark(cell, new SpaceView(44, -9), 0)).isNotEqualTo(later);
  }

  @Test
  void everyFlippedBitIsSeen() {
    byte[] whole = cells.entry(entry, 42);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] cell = whole.clone();
      cell[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> cells.slot(cell, VIEW, 0)).isInstanceOf(CorruptCellException.class);
    }
  }

  @Test
  void bytesOfAnythingElseAreNoCell(TestReporter reporter) {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    reporter.publishEntry("seed", "" + seed);
    Random random = new Random(seed);
    byte[] whole = cells.entry(entry, 42);
    for (int length = 0; length < 200; length++) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      assertThatThrownBy(() -> cells.slot(noise, VIEW, 0)).isInstanceOf(CorruptCellException.class);
      if (length < whole.length) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> cells.slot(cut, VIEW, 0)).isInstanceOf(CorruptCellException.class);
      }
    }
  }

  @Test
  void bytesOfAKeyAreThatKey() {
    for (String text : new String[] {"a", "/", "//a/", "Zoë 🦆", "\u0001", "x".repeat(512)}) {
      CacheKey key = new CacheKey(new CacheSpace(new TenantId("acme"), "a.b"), text);
      assertThat(CellKeys.key(CellKeys.bytes(key))).isEqualTo(key);
      assertThat(CellKeys.spaceName(CellKeys.bytes(key))).isEqualTo("acme/a.b");
    }
  }

  @Test
  void keyOfACopyIsThatKey() {
    CacheKey key = new CacheKey(new CacheSpace(new TenantId("acme").copy(), "User"), "1");
    assertThat(CellKeys.key(CellKeys.bytes(key))).isEqualTo(key);
  }

  @Test
  void otherBytesAreNoKey() {
    for (String text : new String[] {"", "a", "acme/User", "/User/1", "acme//1", "acme/User/"}) {
      assertThat(CellKeys.key(text.getBytes(UTF_8))).isNull();
    }
  }
}
