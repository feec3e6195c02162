package org.muster.storage.wiring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.muster.config.Settings;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.SubjectKey;

/** The keys of sealing, with their defaults; see docs/configuration.md. */
public final class SealingSettings {
  private static final String MASTER_KEY = "muster.event.master-key";

  /** Longer than any form of a master key. */
  private static final int FILE_MOST = 1024;

  private SealingSettings() {}

  /** Whether what is written to events is sealed. */
  public static boolean seals(Settings settings) {
    return settings.flag("muster.event.sealing", true);
  }

  /** How keys of subjects are stored. No message shows the master key. */
  static KeyWrapping wrapping(Settings settings) {
    Optional<String> text = settings.text(MASTER_KEY);
    if (text.isEmpty()) {
      return KeyWrapping.NONE;
    }
    byte[] master =
        decoded(text.get())
            .or(() -> content(text.get()).flatMap(SealingSettings::decoded))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        MASTER_KEY
                            + " is not allowed; it must be 32 bytes in base64, or the path of a"
                            + " file that has them"));
    return KeyWrapping.under(master);
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64))
          .filter(key -> key.length == SubjectKey.BYTES);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> content(String path) {
    try {
      Path file = Path.of(path);
      return Files.isRegularFile(file) && Files.size(file) <= FILE_MOST
          ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1).strip())
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
