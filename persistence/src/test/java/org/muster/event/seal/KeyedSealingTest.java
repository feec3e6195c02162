package org.muster.event.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.muster.event.Sealing;
import org.muster.event.memory.MemorySubjectKeys;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

class KeyedSealingTest {
  private static final StorageKey ANN = new StorageKey(new TenantId("t"), "User", "ann");
  private static final StorageKey BOB = new StorageKey(new TenantId("t"), "User", "bob");
  private static final byte[] TEXT = "{\"name\":\"Ann\"}".getBytes(StandardCharsets.UTF_8);
  private static final Instant TIME = Instant.ofEpochMilli(1);

  private final MemorySubjectKeys keys = new MemorySubjectKeys();
  private final Sealing sealing = new KeyedSealing(keys, true);

  @Test
  void whatIsSealedIsOpened() {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int length : new int[] {0, 1, 15, 16, 17, 1_000, 65_536}) {
      byte[] content = new byte[length];
      random.nextBytes(content);
      byte[] sealed = seal(ANN, content);
      assertThat(sealed).as("seed %d", seed).hasSize(length + 29);
      assertThat(open(ANN, sealed)).as("seed %d", seed).isEqualTo(content);
    }
  }

  @Test
  void sameContentIsSealedDifferentlyEachTime() {
    assertThat(seal(ANN, TEXT)).isNotEqualTo(seal(ANN, TEXT));
  }

  @Test
  void noBitCanBeFlipped() {
    byte[] sealed = seal(ANN, TEXT);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> open(ANN, flipped))
          .as("bit %d", bit)
          .isInstanceOf(StorageException.Corrupt.class);
    }
  }

  @Test
  void whatIsCutOffIsCorrupt() {
    byte[] sealed = seal(ANN, TEXT);
    for (int length = 1; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> open(ANN, cut)).isInstanceOf(StorageException.Corrupt.class);
    }
  }

  @Test
  void wrongKeyIsCorruptAndNotErased() {
    byte[] sealed = seal(ANN, TEXT);
    keys.obtain(Set.of(BOB));
    assertThatThrownBy(() -> open(BOB, sealed)).isInstanceOf(StorageException.Corrupt.class);
    Sealing another = new KeyedSealing(new MemorySubjectKeys(), true);
    another.forWriting(Set.of(ANN));
    assertThatThrownBy(() -> another.forReading(Set.of(ANN)).open(ANN, sealed))
        .isInstanceOf(StorageException.Corrupt.class);
  }

  /** With the same key, so that nothing but the binding tells them apart. */
  @Test
  void contentOfOneStreamIsNotThatOfAnother() {
    SubjectKey.Kept same = new SubjectKey.Kept(new byte[32]);
    byte[] sealed = Aead.seal(same.secret(), new byte[] {1}, ANN, TEXT);
    assertThat(Aead.open(same.secret(), 1, ANN, sealed)).isEqualTo(TEXT);
    for (StorageKey other :
        Set.of(
            BOB,
            new StorageKey(ANN.tenant(), "Group", "ann"),
            new StorageKey(ANN.tenant(), "Use", "rann"),
            new StorageKey(new TenantId("tt"), "User", "ann"))) {
      assertThatThrownBy(() -> Aead.open(same.secret(), 1, other, sealed))
          .isInstanceOf(StorageException.Corrupt.class);
    }
  }

  @Test
  void missingKeyIsCorrupt() {
    byte[] sealed = seal(ANN, TEXT);
    Sealing empty = new KeyedSealing(new MemorySubjectKeys(), true);
    assertThatThrownBy(() -> empty.forReading(Set.of(ANN)).open(ANN, sealed))
        .isInstanceOf(StorageException.Corrupt.class);
  }

  @Test
  void unknownWayOfSealingIsCorrupt() {
    for (byte first : new byte[] {1, 2, (byte) 0xA0, (byte) 0xA2, (byte) 0xFF}) {
      byte[] stored = seal(ANN, TEXT);
      stored[0] = first;
      assertThatThrownBy(() -> open(ANN, stored)).isInstanceOf(StorageException.Corrupt.class);
    }
  }

  @Test
  void whatWasNotSealedIsReadAsItIs() {
    byte[] event = {0, 0, 0, 0, '{', '}'};
    for (byte[] plain : new byte[][] {event, TEXT, {}}) {
      assertThat(open(ANN, plain)).isEqualTo(plain);
      assertThat(Sealing.NONE.forWriting(Set.of(ANN)).seal(ANN, plain)).isEqualTo(plain);
    }
  }

  @Test
  void nothingIsSealedWhenItIsOffButOpenedStill() {
    byte[] sealed = seal(ANN, TEXT);
    Sealing off = new KeyedSealing(keys, false);
    assertThat(off.forWriting(Set.of(ANN, BOB)).seal(ANN, TEXT)).isEqualTo(TEXT);
    assertThat(keys.find(Set.of(BOB))).isEmpty();
    assertThat(off.forReading(Set.of(ANN)).open(ANN, sealed)).contains(TEXT);
  }

  @Test
  void destroyedKeyOpensNothing() {
    byte[] sealed = seal(ANN, TEXT);
    byte[] other = seal(BOB, TEXT);
    keys.destroy(ANN, TIME, "admin");
    Sealing.Opener opener = sealing.forReading(Set.of(ANN, BOB));
    assertThat(opener.open(ANN, sealed)).isEmpty();
    assertThat(opener.open(ANN, TEXT)).isEmpty();
    assertThat(opener.open(BOB, other)).contains(TEXT);
  }

  @Test
  void nobodyWritesForAnErasedSubject() {
    keys.destroy(ANN, TIME, "admin");
    assertThatThrownBy(() -> sealing.forWriting(Set.of(ANN, BOB)))
        .isInstanceOf(StorageException.Erased.class)
        .hasMessageNotContaining("ann");
  }

  @Test
  void streamThatWasNotNamedIsAMistake() {
    assertThatThrownBy(() -> sealing.forWriting(Set.of(ANN)).seal(BOB, TEXT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keyIsNotShown() {
    assertThat(keys.obtain(Set.of(ANN)).get(ANN)).hasToString("Kept");
  }

  private byte[] seal(StorageKey stream, byte[] content) {
    return sealing.forWriting(Set.of(stream)).seal(stream, content);
  }

  private byte[] open(StorageKey stream, byte[] stored) {
    return sealing.forReading(Set.of(stream)).open(stream, stored).orElseThrow();
  }
}
