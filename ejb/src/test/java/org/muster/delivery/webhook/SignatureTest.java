package org.muster.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.muster.receiver.Secret;

class SignatureTest {
  private static final Secret KNOWN = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

  /** The example that the libraries of the Standard Webhooks specification are tested with. */
  @Test
  void signatureIsThatOfTheSpecificationsExample() {
    assertThat(Signature.of(List.of(KNOWN), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void eachSecretSigns() {
    Secret other = Signature.secret(new SecureRandom());
    String both = Signature.of(List.of(other, KNOWN), "id", 1, BODY);
    assertThat(both)
        .isEqualTo(
            Signature.of(List.of(other), "id", 1, BODY)
                + " "
                + Signature.of(List.of(KNOWN), "id", 1, BODY));
  }

  @Test
  void secretIsOfAnAllowedLength() {
    assertThat(Signature.isSecret(Signature.secret(new SecureRandom()))).isTrue();
    assertThat(Signature.isSecret(KNOWN)).isTrue();
    for (String text :
        List.of("", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%%")) {
      assertThat(Signature.isSecret(new Secret(text))).as(text).isFalse();
    }
    assertThat(Signature.isSecret(new Secret("whsec_" + "A".repeat(1_000)))).isFalse();
  }
}
