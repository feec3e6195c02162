package org.muster.signal.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.muster.signal.EventUri;
import org.muster.signal.ScimEvent;
import org.muster.storage.JsonDocument;

/** Security event tokens (RFC 8417, RFC 9967 section 2) and the keys that sign them. */
class EventTokensTest {
  private static final String ISSUER = "https://scim.example.com";
  private static final String STREAM = "https://scim.example.com/events/v1/streams/98d52461";

  private final Kept store = new Kept();
  private final AtomicLong millis = new AtomicLong(1_458_496_404_000L);
  private final AtomicLong nanos = new AtomicLong();
  private final Ticker ticker = nanos::get;
  private final SigningKeys keys = keys();
  private final EventTokens tokens = new EventTokens(ISSUER, keys, clock());

  private SigningKeys keys() {
    return new SigningKeys(store, Duration.ofDays(30), clock(), ticker);
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
      }
    };
  }

  private static ScimEvent event() {
    return new ScimEvent(
        UUID.fromString("019ab000-0000-7000-8000-000000000001"),
        new ScimEvent.Subject("/Users/44f6142df96bd6ab61e7521d9", Optional.of("jdoe")),
        "4711",
        Instant.parse("2016-03-20T17:53:20.123Z"),
        Map.of(EventUri.DELETE, JsonDocument.MAPPER.createObjectNode()));
  }

  private static JWSObject parse(String token) {
    try {
      return JWSObject.parse(token);
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode claims(String token) {
    return JsonDocument.ofText(parse(token).getPayload().toString()).tree();
  }

  private static boolean verifies(String token, JWKSet set) {
    JWSObject parsed = parse(token);
    JWK key = set.getKeyByKeyId(parsed.getHeader().getKeyID());
    try {
      return key != null && parsed.verify(new ECDSAVerifier(key.toECKey()));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void tokenHasTheClaimsOfTheProfile() {
    String token = tokens.of(event(), STREAM);
    JsonNode claims = claims(token);
    assertThat(claims.path("iss").asText()).isEqualTo(ISSUER);
    assertThat(claims.path("iat").asLong()).isEqualTo(1_458_496_404L);
    assertThat(claims.path("toe").asLong()).isEqualTo(1_458_496_400L);
    assertThat(claims.path("jti").asText()).isEqualTo("019ab000-0000-7000-8000-000000000001");
    assertThat(claims.path("aud")).extracting(JsonNode::asText).containsExactly(STREAM);
    assertThat(claims.path("txn").asText()).isEqualTo("4711");
    assertThat(claims.path("sub_id").toString())
        .isEqualTo(
            "{\"format\":\"scim\",\"uri\":\"/Users/44f6142df96bd6ab61e7521d9\","
                + "\"externalId\":\"jdoe\"}");
    assertThat(claims.path("events").toString())
        .isEqualTo("{\"urn:ietf:params:scim:event:prov:delete\":{}}");
    assertThat(claims.has("sub")).isFalse();
    assertThat(claims.has("exp")).isFalse();
  }

  @Test
  void tokenIsTypedAndVerifiesWithThePublishedKeys() throws ParseException {
    String token = tokens.of(event(), STREAM);
    assertThat(parse(token).getHeader().getType()).isEqualTo(new JOSEObjectType("secevent+jwt"));
    assertThat(parse(token).getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
    JWKSet published = JWKSet.parse(keys.verification().toString());
    assertThat(verifies(token, published)).isTrue();
    assertThat(published.toString()).doesNotContain("\"d\"");
    String[] parts = token.split("\\.", -1);
    String other = parse(tokens.of(event(), "https://else.example.com")).serialize();
    String forged = parts[0] + "." + other.split("\\.", -1)[1] + "." + parts[2];
    assertThat(verifies(forged, published)).isFalse();
  }

  @Test
  void sameEventHasTheSameIdWheneverItIsTold() {
    String first = tokens.of(event(), STREAM);
    millis.addAndGet(60_000);
    assertThat(claims(tokens.of(event(), STREAM)).path("jti")).isEqualTo(claims(first).path("jti"));
  }

  @Test
  void keyThatWasReplacedIsPublishedForAWhile() {
    String before = tokens.of(event(), STREAM);
    millis.addAndGet(Duration.ofDays(3).toMillis());
    String kid = keys.rotate();
    assertThat(parse(tokens.of(event(), STREAM)).getHeader().getKeyID()).isNotEqualTo(kid);
    assertThat(keys.verification().getKeyByKeyId(kid)).isNotNull();
    millis.addAndGet(Duration.ofMinutes(1).toMillis());
    String after = tokens.of(event(), STREAM);
    assertThat(parse(after).getHeader().getKeyID()).isEqualTo(kid);
    assertThat(verifies(before, keys.verification())).isTrue();
    assertThat(verifies(after, keys.verification())).isTrue();
    millis.addAndGet(Duration.ofDays(31).toMillis());
    assertThat(verifies(before, keys.verification())).isFalse();
    assertThat(verifies(after, keys.verification())).isTrue();
    keys.rotate();
    assertThat(store.all()).hasSize(2);
    assertThat(verifies(after, keys.verification())).isTrue();
  }

  @Test
  void otherNodesFollowARotationSoon() {
    SigningKeys other = keys();
    assertThat(other.verification().toString()).isEqualTo(keys.verification().toString());
    millis.addAndGet(Duration.ofDays(3).toMillis());
    String kid = keys.rotate();
    assertThat(other.verification().getKeyByKeyId(kid)).isNull();
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());
    assertThat(other.verification().getKeyByKeyId(kid)).isNotNull();
    assertThat(other.current().getKeyID()).isEqualTo(keys.current().getKeyID()).isNotEqualTo(kid);
    millis.addAndGet(Duration.ofMinutes(1).toMillis());
    assertThat(other.current().getKeyID()).isEqualTo(keys.current().getKeyID()).isEqualTo(kid);
  }

  @Test
  void ofTwoNodesThatMakeTheFirstKeyOneGivesIn() {
    store.race = true;
    SigningKeys other = keys();
    assertThat(keys.current().getKeyID()).isEqualTo(other.current().getKeyID());
    assertThat(store.all()).hasSize(1);
  }

  /** Keys in the heap. */
  static final class Kept implements SigningKeyStore {
    private final List<SigningKey> all = new ArrayList<>();
    boolean race;

    @Override
    public List<SigningKey> all() {
      return List.copyOf(all);
    }

    @Override
    public boolean add(SigningKey key) {
      if (race) {
        race = false;
        new SigningKeys(this, Duration.ofDays(1), Clock.systemUTC(), Ticker.systemTicker())
            .current();
      }
      if (all.stream().anyMatch(known -> known.number() >= key.number())) {
        return false;
      }
      all.add(0, key);
      return true;
    }

    @Override
    public void removeBelow(long number) {
      all.removeIf(key -> key.number() < number);
    }
  }
}
