package org.muster.event.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random nonce of 12 bytes, which stands before what was
 * sealed, and a tag of 16 bytes, which stands behind it. What is sealed belongs to a subject, and
 * can't be opened for another one.
 */
final class Aead {
  private static final String NAME = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG = 16;

  /** To find one takes as long as to seal some hundred bytes. */
  private static final ThreadLocal<@Nullable Cipher> CIPHERS = new ThreadLocal<>();

  private static final SecureRandom RANDOM = new SecureRandom();

  private Aead() {}

  /**
   * Seals.
   *
   * @param head what stands before all and can be read; it is sealed with the rest
   */
  static byte[] seal(byte[] key, byte[] head, StorageKey subject, byte[] content) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] sealed = Arrays.copyOf(head, head.length + NONCE + content.length + TAG);
    System.arraycopy(nonce, 0, sealed, head.length, NONCE);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0);
      cipher.updateAAD(bound(head, head.length, subject));
      cipher.doFinal(content, 0, content.length, sealed, head.length + NONCE);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM", e);
    }
  }

  /**
   * Opens.
   *
   * @param head how many bytes stand before the nonce
   * @throws StorageException.Corrupt if it is not what was sealed with the key for the subject
   */
  static byte[] open(byte[] key, int head, StorageKey subject, byte[] sealed) {
    int length = sealed.length - head - NONCE;
    if (length < TAG) {
      throw new StorageException.Corrupt("What is sealed is too short");
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, sealed, head);
      cipher.updateAAD(bound(sealed, head, subject));
      return cipher.doFinal(sealed, head + NONCE, length);
    } catch (AEADBadTagException e) {
      throw new StorageException.Corrupt("What is sealed is not what was sealed with the key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, int start)
      throws GeneralSecurityException {
    Cipher cipher = CIPHERS.get();
    if (cipher == null) {
      cipher = Cipher.getInstance(NAME);
      CIPHERS.set(cipher);
    }
    cipher.init(
        mode,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(Byte.SIZE * TAG, nonce, start, NONCE));
    return cipher;
  }

  /** No part has U+0000, so that no two subjects have the same bytes. */
  private static byte[] bound(byte[] head, int length, StorageKey subject) {
    byte[] name =
        (subject.tenant().value() + '\0' + subject.collection() + '\0' + subject.id())
            .getBytes(StandardCharsets.UTF_8);
    byte[] bound = Arrays.copyOf(head, length + name.length);
    System.arraycopy(name, 0, bound, length, name.length);
    return bound;
  }
}
