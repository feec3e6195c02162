package org.muster.cache.infinispan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder where entries are on disk too. They are good after a restart only if nobody can have
 * voided them meanwhile: if there is one node and it ended in order. Else they are thrown away.
 */
final class Storage {
  private static final String IN_ORDER = "ended-in-order";

  private final Optional<Path> folder;
  private final boolean alone;
  private boolean kept;

  Storage(NodeSettings settings) {
    this.folder = settings.folder();
    this.alone = settings.network().isEmpty();
  }

  void begin() {
    try {
      if (folder.isPresent()) {
        Files.createDirectories(folder.get());
        kept = Files.deleteIfExists(folder.get().resolve(IN_ORDER)) && alone;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder of the cache can't be used", e);
    }
  }

  /** Where it is; empty if entries are in memory alone. */
  Optional<Path> folder() {
    return folder;
  }

  boolean isKept() {
    return kept;
  }

  void end() {
    try {
      if (folder.isPresent()) {
        Files.createFile(folder.get().resolve(IN_ORDER));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder of the cache can't be used", e);
    }
  }
}
