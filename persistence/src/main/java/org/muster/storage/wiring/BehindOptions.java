package org.muster.storage.wiring;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.muster.config.Settings;
import org.muster.storage.behind.Behind;
import org.muster.storage.behind.BehindSettings;

/**
 * The keys of writes that are acknowledged before the store has them.
 *
 * @param folder where their log is
 */
record BehindOptions(BehindSettings settings, Path folder) {
  private static final String COLLECTIONS = "muster.cache.documents.behind.collections";
  private static final String FOLDER = "muster.cache.documents.behind.folder";

  /** Who there is and who may do what: others have to be told of that when it is acknowledged. */
  private static final Set<String> TOLD_AT_ONCE = Set.of("User", "Group");

  private static final int MOST_COLLECTIONS = 1_000;

  /**
   * The configured ones.
   *
   * @throws IllegalStateException if they are not allowed, or not all there
   */
  static BehindOptions of(Settings settings) {
    return new BehindOptions(
        new BehindSettings(
            collections(settings),
            Duration.ofMillis(
                settings.number("muster.cache.documents.behind.delay-millis", 0, 60_000, 50)),
            settings.number("muster.cache.documents.behind.max-entries", 1, 10_000_000, 10_000),
            settings.number("muster.cache.documents.behind.max-bytes", 65_536, 1L << 40, 64L << 20),
            Duration.ofMillis(
                settings.number("muster.cache.documents.behind.wait-millis", 1, 600_000, 5_000))),
        folder(settings));
  }

  /** Refuses what has no meaning where writes are not acknowledged early, or would be lost. */
  static void requireNone(Settings settings, String mode) {
    if (settings.text(COLLECTIONS).isPresent()) {
      throw new IllegalStateException(COLLECTIONS + " takes " + mode + "=write-behind");
    }
    Path folder = folder(settings);
    Behind.Left left = Behind.left(folder);
    if (left.writes() > 0) {
      throw new IllegalStateException(
          folder
              + " has writes that were acknowledged and that the store does not have; start once"
              + " more with "
              + mode
              + "=write-behind, and stop when it has them");
    }
    if (left.letters() > 0) {
      throw new IllegalStateException(
          folder
              + " has dead letters, writes that were acknowledged and that the store did not take: "
              + left.letters()
              + "; start once more with "
              + mode
              + "=write-behind, and retry or discard each of"
              + " /admin/v1/write-behind/dead-letters before you stop");
    }
  }

  private static Set<String> collections(Settings settings) {
    String text = settings.text(COLLECTIONS).orElse("");
    Set<String> names = new LinkedHashSet<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String name = each.strip();
      if (TOLD_AT_ONCE.contains(name) || name.startsWith("$")) {
        throw bad(
            text,
            "without "
                + name
                + ": other nodes and whoever follows the events must know of such a change when it"
                + " is acknowledged");
      }
      if (name.isEmpty() || name.length() > 64) {
        throw bad(text, "names of resource types, with commas in between");
      }
      names.add(name);
    }
    if (names.isEmpty() || names.size() > MOST_COLLECTIONS) {
      throw new IllegalStateException(
          "muster.cache.documents.mode=write-behind takes "
              + COLLECTIONS
              + ", the resource types whose writes may be acknowledged before the store has them");
    }
    return names;
  }

  private static Path folder(Settings settings) {
    String text =
        settings
            .text(FOLDER)
            .orElseGet(() -> settings.text("muster.data").orElse(".") + "/write-behind");
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalStateException(
          FOLDER + "=" + text + " is not allowed; it must be a path", e);
    }
  }

  private static IllegalStateException bad(String value, String allowed) {
    return new IllegalStateException(
        COLLECTIONS + "=" + value + " is not allowed; it must be " + allowed);
  }

  /** The collections, for messages. */
  List<String> collections() {
    return settings.collections().stream().sorted().toList();
  }
}
