package org.muster.storage.wiring;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.muster.config.Settings;

/** The back ends that can be chosen. */
enum Backend {
  JPA,
  MEMORY;

  private static final String KEY = "muster.storage.backend";

  /** The configured one. */
  static Backend of(Settings settings) {
    List<String> words = Arrays.stream(values()).map(Backend::word).toList();
    return valueOf(settings.choice(KEY, words, JPA.word()).toUpperCase(Locale.ROOT));
  }

  /** The name in configuration and metrics. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
