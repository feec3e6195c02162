package org.muster.security.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.muster.ManualClock;

/** How published keys are kept, renewed and missed. */
class RemoteKeysTest {
  private static final RSAKey FIRST = TestIssuer.rsa("first");
  private static final RSAKey SECOND = TestIssuer.rsa("second");

  private final ManualClock clock = new ManualClock();
  private int fetches;
  private String published = set(FIRST);
  private boolean reachable = true;
  private final RemoteKeys keys =
      new RemoteKeys(
          URI.create("https://login.example.com/jwks"), this::fetch, Duration.ofSeconds(30), clock);

  @Test
  void knownKeyCostsNoFetch() {
    for (int i = 0; i < 100; i++) {
      assertThat(candidates("first")).hasSize(1);
    }
    assertThat(fetches).isEqualTo(1);
  }

  @Test
  void unknownKeyFetchesAnewButNotTooOften() {
    assertThat(candidates("first")).hasSize(1);
    published = set(FIRST, SECOND);
    for (int i = 0; i < 100; i++) {
      assertThat(candidates("second")).isEmpty(); // it is too soon
    }
    assertThat(fetches).isEqualTo(1);
    clock.pass(Duration.ofSeconds(30));
    assertThat(candidates("second")).hasSize(1);
    assertThat(candidates("first")).hasSize(1);
    for (int i = 0; i < 100; i++) {
      assertThat(candidates("third")).isEmpty();
    }
    assertThat(fetches).isEqualTo(2);
  }

  @Test
  void keyThatIsNoLongerPublishedIsForgotten() {
    assertThat(candidates("first")).hasSize(1);
    published = set(SECOND);
    clock.pass(Duration.ofMinutes(16));
    assertThat(candidates("first")).isEmpty();
    assertThat(candidates("second")).hasSize(1);
  }

  @Test
  void oldKeysHoldForADayWhileThereAreNoNewOnes() {
    assertThat(candidates("first")).hasSize(1);
    reachable = false;
    clock.pass(Duration.ofHours(23));
    assertThat(candidates("first")).hasSize(1);
    clock.pass(Duration.ofHours(2));
    assertThat(candidates("first")).isEmpty();
    reachable = true;
    clock.pass(Duration.ofSeconds(30));
    assertThat(candidates("first")).hasSize(1);
  }

  @Test
  void failingFetchIsNotRepeatedAtOnce() {
    reachable = false;
    for (int i = 0; i < 100; i++) {
      assertThat(candidates("first")).isEmpty();
    }
    assertThat(fetches).isEqualTo(1);
  }

  @Test
  void nonsenseDoesNotReplaceGoodKeys() {
    assertThat(candidates("first")).hasSize(1);
    for (String nonsense : List.of("", "<html>", "{}", "{\"keys\":[]}", "{\"keys\":[7]}", "[]")) {
      published = nonsense;
      clock.pass(Duration.ofMinutes(16));
      assertThat(candidates("first")).as(nonsense).hasSize(1);
    }
  }

  @Test
  void privateSharedAndWeakKeysAreNotTaken() {
    published =
        "{\"keys\":["
            + FIRST.toJSONString()
            + ",{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"shared\"},"
            + SECOND.toPublicJWK().toJSONString()
            + "]}";
    assertThat(candidates("first")).isEmpty();
    assertThat(candidates("second")).hasSize(1);
  }

  private List<JWK> candidates(String kid) {
    return keys.candidates(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build());
  }

  private String fetch(URI uri) throws IOException {
    fetches++;
    if (!reachable) {
      throw new IOException("no answer");
    }
    return published;
  }

  private static String set(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(true);
  }
}
