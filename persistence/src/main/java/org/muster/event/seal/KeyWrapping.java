package org.muster.event.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * The form in which keys of subjects are stored: as they are, or sealed with a master key that is
 * not in the database. The first byte says which: 00, then the key; 01, then four bytes that tell
 * master keys apart, then the key, sealed. Keys that were stored without a master key stay readable
 * when there is one. Thread-safe.
 */
public final class KeyWrapping {
  /** Keys are stored as they are. */
  public static final KeyWrapping NONE = new KeyWrapping(Optional.empty());

  /** The longest that a key which is not wrapped gets. */
  public static final int PLAIN_BYTES = 1 + SubjectKey.BYTES;

  private static final byte PLAIN = 0;
  private static final byte WRAPPED = 1;
  private static final int NAME = 4;
  private static final int HEAD = 1 + NAME;

  private final Optional<byte[]> master;

  private KeyWrapping(Optional<byte[]> master) {
    this.master = master;
  }

  /** Keys are sealed with a master key of 32 bytes. */
  public static KeyWrapping under(byte[] master) {
    if (master.length != SubjectKey.BYTES) {
      throw new IllegalArgumentException("A master key has " + SubjectKey.BYTES + " bytes");
    }
    return new KeyWrapping(Optional.of(master.clone()));
  }

  /** What is stored for a key. */
  public byte[] wrap(StorageKey subject, byte[] secret) {
    if (master.isEmpty()) {
      byte[] stored = new byte[1 + secret.length];
      stored[0] = PLAIN;
      System.arraycopy(secret, 0, stored, 1, secret.length);
      return stored;
    }
    return Aead.seal(master.get(), head(master.get()), subject, secret);
  }

  /**
   * The key of what is stored.
   *
   * @throws StorageException.Corrupt if it is no key of the subject, or of another master key
   */
  public byte[] unwrap(StorageKey subject, byte[] stored) {
    if (stored.length > 0 && stored[0] == PLAIN && stored.length != PLAIN_BYTES) {
      throw new StorageException.Corrupt("The key of a subject is stored in no known way");
    }
    return unwrapAny(subject, stored);
  }

  /** As {@link #unwrap}, for a secret of any length. */
  public byte[] unwrapAny(StorageKey subject, byte[] stored) {
    if (stored.length > 0 && stored[0] == PLAIN) {
      return Arrays.copyOfRange(stored, 1, stored.length);
    }
    if (stored.length < HEAD || stored[0] != WRAPPED) {
      throw new StorageException.Corrupt("The key of a subject is stored in no known way");
    }
    byte[] known =
        master.orElseThrow(
            () ->
                new StorageException.Corrupt(
                    "The keys of subjects are sealed with a master key, and none is configured"));
    if (!Arrays.equals(head(known), Arrays.copyOf(stored, HEAD))) {
      throw new StorageException.Corrupt(
          "The keys of subjects are sealed with another master key than the configured one");
    }
    return Aead.open(known, HEAD, subject, stored);
  }

  private static byte[] head(byte[] master) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(master);
      byte[] head = new byte[HEAD];
      head[0] = WRAPPED;
      System.arraycopy(digest, 0, head, 1, NAME);
      return head;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
