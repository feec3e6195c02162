package org.muster.event.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

class KeyWrappingTest {
  private static final StorageKey ANN = new StorageKey(new TenantId("t"), "User", "ann");
  private static final StorageKey BOB = new StorageKey(new TenantId("t"), "User", "bob");
  private static final byte[] SECRET = bytes(3, 32);
  private final KeyWrapping wrapping = KeyWrapping.under(bytes(1, 32));

  @Test
  void keyIsUnwrappedAsItWasWrapped() {
    assertThat(wrapping.unwrap(ANN, wrapping.wrap(ANN, SECRET))).isEqualTo(SECRET);
    assertThat(KeyWrapping.NONE.unwrap(ANN, KeyWrapping.NONE.wrap(ANN, SECRET))).isEqualTo(SECRET);
  }

  @Test
  void keyOfBeforeTheMasterKeyStaysReadable() {
    byte[] plain = KeyWrapping.NONE.wrap(ANN, SECRET);
    assertThat(plain).hasSize(KeyWrapping.PLAIN_BYTES);
    assertThat(wrapping.unwrap(ANN, plain)).isEqualTo(SECRET);
  }

  @Test
  void wrappedKeyIsLongerAndOfOneSubject() {
    byte[] wrapped = wrapping.wrap(ANN, SECRET);
    assertThat(wrapped.length).isGreaterThan(KeyWrapping.PLAIN_BYTES);
    assertCorrupt(wrapping, BOB, wrapped, "not what was sealed");
  }

  @Test
  void masterKeyThatIsAnotherOrMissingIsToldApart() {
    byte[] wrapped = wrapping.wrap(ANN, SECRET);
    assertCorrupt(KeyWrapping.under(bytes(2, 32)), ANN, wrapped, "another master key");
    assertCorrupt(KeyWrapping.NONE, ANN, wrapped, "none is configured");
  }

  @Test
  void whateverElseIsStoredIsCorrupt() {
    for (byte[] stored : new byte[][] {{}, {0}, {1}, bytes(5, 33), new byte[32], {2, 3, 4, 5, 6}}) {
      assertThatThrownBy(() -> wrapping.unwrap(ANN, stored))
          .isInstanceOf(StorageException.Corrupt.class);
    }
  }

  @Test
  void masterKeyHas32Bytes() {
    for (int length : new int[] {0, 16, 31, 33}) {
      assertThatThrownBy(() -> KeyWrapping.under(new byte[length]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void assertCorrupt(
      KeyWrapping wrapping, StorageKey subject, byte[] stored, String message) {
    assertThatThrownBy(() -> wrapping.unwrap(subject, stored))
        .isInstanceOf(StorageException.Corrupt.class)
        .hasMessageContaining(message);
  }

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
