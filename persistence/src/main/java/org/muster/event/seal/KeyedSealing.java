package org.muster.event.seal;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.muster.event.Sealing;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * Seals content with the key of its subject. The first byte says how: 00, with which an event
 * begins, and that of a brace, with which a JSON object does, that it is as it was given; A1 that
 * it is sealed with AES-256-GCM for its stream. More than one bit lies between them.
 *
 * <p>What was stored when nothing was sealed stays readable, and what was sealed too when nothing
 * is sealed any more. If a key was destroyed, nothing of its stream is shown.
 */
public final class KeyedSealing implements Sealing {
  private static final byte PLAIN_BYTES = 0;
  private static final byte PLAIN_TEXT = '{';
  private static final byte AES_GCM = (byte) 0xA1;
  private static final byte[] HEAD = {AES_GCM};

  private final SubjectKeys keys;
  private final boolean seals;

  /**
   * Sealing with these keys.
   *
   * @param seals whether what is written is sealed; what was sealed is opened in any case
   */
  public KeyedSealing(SubjectKeys keys, boolean seals) {
    this.keys = keys;
    this.seals = seals;
  }

  /**
   * As {@link Sealing} says.
   *
   * @throws StorageException.Erased if the key of a stream was destroyed
   */
  @Override
  public Sealer forWriting(Set<StorageKey> streams) {
    if (!seals) {
      return (stream, content) -> content;
    }
    Map<StorageKey, SubjectKey> known = keys.obtain(streams);
    known.forEach(
        (stream, key) -> {
          if (key instanceof SubjectKey.Destroyed) {
            throw new StorageException.Erased(stream);
          }
        });
    return (stream, content) -> {
      if (known.get(stream) instanceof SubjectKey.Kept kept) {
        return Aead.seal(kept.secret(), HEAD, stream, content);
      }
      throw new IllegalArgumentException("A stream that was not named");
    };
  }

  @Override
  public Optional<NewKeys> forNew(Set<StorageKey> streams) {
    if (!seals) {
      return Optional.of(NewKeys.NONE);
    }
    Map<StorageKey, SubjectKeys.Made> made = keys.make(streams);
    if (made.isEmpty()) {
      return Optional.empty();
    }
    Map<StorageKey, byte[]> stored = new HashMap<>();
    Map<StorageKey, byte[]> secrets = new HashMap<>();
    made.forEach(
        (stream, key) -> {
          stored.put(stream, key.stored());
          secrets.put(stream, key.secret());
        });
    return Optional.of(new NewKeys(sealer(secrets), stored));
  }

  @Override
  public Sealer ofStored(Map<StorageKey, byte[]> stored) {
    Map<StorageKey, byte[]> secrets = new HashMap<>();
    stored.forEach((stream, key) -> secrets.put(stream, keys.opened(stream, key)));
    return sealer(secrets);
  }

  private static Sealer sealer(Map<StorageKey, byte[]> secrets) {
    return (stream, content) ->
        Aead.seal(
            Objects.requireNonNull(secrets.get(stream), "A stream that was not named"),
            HEAD,
            stream,
            content);
  }

  @Override
  public Opener forReading(Set<StorageKey> streams) {
    Map<StorageKey, SubjectKey> known = streams.isEmpty() ? Map.of() : keys.find(streams);
    return (stream, stored) ->
        known.get(stream) instanceof SubjectKey.Destroyed
            ? Optional.empty()
            : Optional.of(opened(known, stream, stored));
  }

  private static byte[] opened(
      Map<StorageKey, SubjectKey> known, StorageKey stream, byte[] stored) {
    if (stored.length == 0 || stored[0] == PLAIN_BYTES || stored[0] == PLAIN_TEXT) {
      return stored;
    }
    if (stored[0] != AES_GCM) {
      throw new StorageException.Corrupt("What is stored is sealed in no known way");
    }
    if (known.get(stream) instanceof SubjectKey.Kept kept) {
      return Aead.open(kept.secret(), HEAD.length, stream, stored);
    }
    throw new StorageException.Corrupt("The key of what is sealed is missing");
  }
}
