package org.muster.storage.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.muster.config.Settings;

/**
 * How documents and events belong together.
 *
 * @param mode which of them is made of the other
 * @param serving where documents are read from
 * @param patience how long a read waits for what was written on this node
 * @param snapshotEvery after how many events of a document what it has come to is kept; 0 for never
 */
record SourcingSettings(Mode mode, Reads serving, Duration patience, int snapshotEvery) {
  private static final String MODE = "muster.storage.mode";
  private static final String SERVING = "muster.storage.serving";

  /** Which is made of the other. */
  enum Mode {
    /** Events are made of what was done to documents. */
    JOURNALED,
    /** Documents are what events come to. */
    EVENT_SOURCED
  }

  /** Where documents are read from. */
  enum Reads {
    /** From the model that writes are decided on. */
    DECIDING,
    /** From one in the heap that follows the events. */
    MEMORY
  }

  /**
   * The configured ones.
   *
   * @throws IllegalStateException if they contradict each other
   */
  static SourcingSettings of(Settings settings, boolean journal) {
    Mode mode =
        Mode.valueOf(
            enumName(settings.choice(MODE, List.of("journaled", "event-sourced"), "journaled")));
    Reads serving =
        Reads.valueOf(
            enumName(settings.choice(SERVING, List.of("deciding", "memory"), "deciding")));
    if (mode == Mode.EVENT_SOURCED && !journal) {
      throw new IllegalStateException(
          MODE + "=event-sourced is not allowed with muster.event.journal=false");
    }
    if (mode == Mode.JOURNALED && serving == Reads.MEMORY) {
      throw new IllegalStateException(
          SERVING + "=memory is not allowed; it takes " + MODE + "=event-sourced");
    }
    return new SourcingSettings(
        mode,
        serving,
        Duration.ofMillis(settings.number("muster.storage.serving-wait-millis", 0, 60_000, 1_000)),
        (int) settings.number("muster.event.snapshot-every", 0, 1_000_000, 100));
  }

  /** Whether reads go to the heap of this node. */
  boolean isServedFromMemory() {
    return serving == Reads.MEMORY;
  }

  private static String enumName(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
