package org.muster.signal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.config.Settings;

/** Which issuer the tokens have. */
class IssuerSettingTest {
  private static String issuer(Map<String, String> settings) {
    return TokenWiring.issuer(new Settings(key -> Optional.ofNullable(settings.get(key))));
  }

  @Test
  void issuerIsAsConfiguredOrWhereClientsFindTheServer() {
    assertThat(issuer(Map.of())).isEqualTo("http://localhost:8080");
    assertThat(issuer(Map.of("muster.public.url", "https://id.example.com/")))
        .isEqualTo("https://id.example.com");
    assertThat(
            issuer(
                Map.of(
                    "muster.public.url",
                    "https://id.example.com",
                    "muster.events.issuer",
                    "https://events.example.com/a")))
        .isEqualTo("https://events.example.com/a");
  }

  @Test
  void whatIsNoUrlIsRefused() {
    for (String issuer :
        new String[] {
          "example", "ftp://a", "https://", "https://a?b=c", "https://a#b", "https://a b"
        }) {
      assertThatThrownBy(() -> issuer(Map.of("muster.events.issuer", issuer)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("muster.events.issuer=" + issuer);
    }
  }
}
