package org.muster.event;

import java.util.Optional;
import java.util.Set;
import org.muster.storage.StorageKey;

/**
 * Makes the content of a stream's events readable only as long as the stream's key is kept.
 * Thread-safe; takes part in the caller's transaction as the store does.
 */
public interface Sealing {
  /** Content is stored as it is. */
  Sealing NONE =
      new Sealing() {
        @Override
        public Sealer forWriting(Set<StorageKey> streams) {
          return (stream, content) -> content;
        }

        @Override
        public Opener forReading(Set<StorageKey> streams) {
          return (stream, stored) -> Optional.of(stored);
        }
      };

  /** What seals the content of these streams; those without a key get one. */
  Sealer forWriting(Set<StorageKey> streams);

  /** What opens the content of these streams. */
  Opener forReading(Set<StorageKey> streams);

  /** Seals. */
  @FunctionalInterface
  interface Sealer {
    byte[] seal(StorageKey stream, byte[] content);
  }

  /** Opens; empty if the stream's key was destroyed. */
  @FunctionalInterface
  interface Opener {
    Optional<byte[]> open(StorageKey stream, byte[] stored);
  }
}
