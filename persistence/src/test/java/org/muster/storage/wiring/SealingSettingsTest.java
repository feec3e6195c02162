package org.muster.storage.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.muster.config.Settings;
import org.muster.event.seal.KeyWrapping;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageKey;

class SealingSettingsTest {
  private static final StorageKey ANN = new StorageKey(new TenantId("t"), "User", "ann");
  private static final byte[] SECRET = new byte[32];

  @TempDir Path folder;

  @Test
  void eventsAreSealedUnlessThatIsOff() {
    assertThat(SealingSettings.seals(settings(Map.of()))).isTrue();
    assertThat(SealingSettings.seals(settings(Map.of("muster.event.sealing", "false")))).isFalse();
    assertThatThrownBy(
            () -> SealingSettings.seals(settings(Map.of("muster.event.sealing", "maybe"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("muster.event.sealing");
  }

  @Test
  void thereIsNoMasterKeyUnlessOneIsGiven() {
    assertThat(SealingSettings.wrapping(settings(Map.of()))).isSameAs(KeyWrapping.NONE);
  }

  @Test
  void masterKeyIsGivenAsTextOrInAFile() throws IOException {
    String text = base64(32);
    Path file = Files.writeString(folder.resolve("key"), text + "\n");
    byte[] wrapped = wrapping(text).wrap(ANN, SECRET);
    assertThat(wrapping(file.toString()).unwrap(ANN, wrapped)).isEqualTo(SECRET);
  }

  @Test
  void whatIsNoMasterKeyIsRefusedWithoutBeingShown() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong"), base64(31));
    Path large = Files.writeString(folder.resolve("large"), "A".repeat(100_000));
    for (String value :
        new String[] {
          base64(16),
          base64(33),
          "c2VjcmV0",
          "not base64!",
          "/nowhere",
          folder.toString(),
          wrong.toString(),
          large.toString()
        }) {
      assertThatThrownBy(() -> wrapping(value))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("muster.event.master-key")
          .hasMessageContaining("32 bytes")
          .hasMessageNotContaining(value);
    }
  }

  private static KeyWrapping wrapping(String value) {
    return SealingSettings.wrapping(settings(Map.of("muster.event.master-key", value)));
  }

  private static Settings settings(Map<String, String> values) {
    return new Settings(key -> Optional.ofNullable(values.get(key)));
  }

  private static String base64(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
