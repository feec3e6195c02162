package org.muster.scim.bulk;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hides what is spooled, passwords among it, from whoever reads the disk: AES in counter mode under
 * a key that only this object has. Each place of a file is written once. For one thread at a time.
 */
final class SpoolCipher {
  private static final int BLOCK = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;
  private final Cipher cipher;

  SpoolCipher() {
    byte[] secret = new byte[BLOCK];
    RANDOM.nextBytes(secret);
    key = new SecretKeySpec(secret, "AES");
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES", e);
    }
  }

  /** Encrypts or decrypts the bytes at a place of the file. */
  byte[] apply(long place, byte[] bytes, int length) {
    byte[] counter = ByteBuffer.allocate(BLOCK).putLong(0).putLong(place / BLOCK).array();
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
      int skipped = (int) (place % BLOCK);
      if (skipped > 0) {
        cipher.update(new byte[skipped]);
      }
      byte[] result = new byte[length];
      int done = cipher.update(bytes, 0, length, result);
      cipher.doFinal(result, done);
      return result;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A stream cipher takes bytes of any length", e);
    }
  }
}
