package org.muster.event;

import java.util.Map;
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
        public Optional<NewKeys> forNew(Set<StorageKey> streams) {
          return Optional.of(NewKeys.NONE);
        }

        @Override
        public Sealer ofStored(Map<StorageKey, byte[]> stored) {
          return NewKeys.NONE.sealer();
        }

        @Override
        public Opener forReading(Set<StorageKey> streams) {
          return (stream, stored) -> Optional.of(stored);
        }
      };

  /** What seals the content of these streams; those without a key get one. */
  Sealer forWriting(Set<StorageKey> streams);

  /**
   * What seals the content of these streams with keys that are new, for who expects that they have
   * none. Nothing is looked up or stored: the store inserts the keys together with the events, or
   * neither if one of the streams has a key, and asks {@link #forWriting} then. There are no keys
   * if nothing is sealed. Empty if keys are not kept where the store could insert them.
   */
  default Optional<NewKeys> forNew(Set<StorageKey> streams) {
    return Optional.empty();
  }

  /**
   * Seals with new keys.
   *
   * @param stored what is to be inserted for each stream
   */
  record NewKeys(Sealer sealer, Map<StorageKey, byte[]> stored) {
    /** Content is stored as it is, and takes no key. */
    public static final NewKeys NONE = new NewKeys((stream, content) -> content, Map.of());
  }

  /**
   * What seals the content of streams with keys that the store has read and locked, in the form
   * that {@link NewKeys#stored} has.
   */
  Sealer ofStored(Map<StorageKey, byte[]> stored);

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
