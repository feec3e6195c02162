package org.muster.delivery.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.muster.receiver.Secret;

/**
 * The symmetric signature of the Standard Webhooks specification: {@code v1,} and HMAC-SHA256 over
 * id, time and body in base64. Stateless.
 */
public final class Signature {
  private static final String PREFIX = "whsec_";
  private static final int BYTES_LEAST = 24;
  private static final int BYTES_MOST = 64;
  private static final int BYTES_NEW = 32;
  private static final String HMAC = "HmacSHA256";

  private Signature() {}

  /** A new secret. */
  public static Secret secret(SecureRandom random) {
    byte[] bytes = new byte[BYTES_NEW];
    random.nextBytes(bytes);
    return new Secret(PREFIX + Base64.getEncoder().encodeToString(bytes));
  }

  /** Whether it is a secret: {@code whsec_} and 24 to 64 bytes in base64. */
  public static boolean isSecret(Secret secret) {
    return bytes(secret).isPresent();
  }

  /** The value of the header {@code webhook-signature}: a signature for each secret. */
  static String of(List<Secret> secrets, String id, long seconds, byte[] body) {
    return secrets.stream()
        .map(secret -> "v1," + one(secret, id, seconds, body))
        .collect(Collectors.joining(" "));
  }

  private static String one(Secret secret, String id, long seconds, byte[] body) {
    byte[] key =
        bytes(secret).orElseThrow(() -> new IllegalStateException("A secret is none any more"));
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes((id + '.' + seconds + '.').getBytes(StandardCharsets.UTF_8));
    signed.writeBytes(body);
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return Base64.getEncoder().encodeToString(mac.doFinal(signed.toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + HMAC, e);
    }
  }

  private static Optional<byte[]> bytes(Secret secret) {
    if (!secret.text().startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(secret.text().substring(PREFIX.length())))
          .filter(key -> key.length >= BYTES_LEAST && key.length <= BYTES_MOST);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
