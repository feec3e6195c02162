package org.muster.signal.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import java.time.Clock;
import java.util.UUID;
import org.muster.signal.ScimEvent;
import org.muster.storage.JsonDocument;

/** Makes security event tokens (RFC 8417 section 2) and signs them. Thread-safe. */
public final class EventTokens {
  private static final JOSEObjectType TYPE = new JOSEObjectType("secevent+jwt");
  private static final String VERIFICATION =
      "https://schemas.openid.net/secevent/ssf/event-type/verification";
  private static final String EVENTS = "events";

  private final String issuer;
  private final SigningKeys keys;
  private final Clock clock;

  /**
   * Tokens of an issuer.
   *
   * @param issuer the claim {@code iss}, a URL
   */
  public EventTokens(String issuer, SigningKeys keys, Clock clock) {
    this.issuer = issuer;
    this.keys = keys;
    this.clock = clock;
  }

  /** The claim {@code iss}. */
  public String issuer() {
    return issuer;
  }

  /** The token of a SCIM event (RFC 9967 sections 2.1 and 2.2). */
  public String of(ScimEvent event, String audience) {
    ObjectNode claims = claims(event.id().toString(), audience);
    claims.put("toe", event.time().getEpochSecond());
    claims.put("txn", event.transaction());
    ObjectNode subject = claims.putObject("sub_id").put("format", "scim");
    subject.put("uri", event.subject().uri());
    event.subject().externalId().ifPresent(id -> subject.put("externalId", id));
    ObjectNode events = claims.putObject(EVENTS);
    event.payloads().forEach((uri, payload) -> events.set(uri.uri(), payload));
    return signed(claims);
  }

  /** A token that only shows that tokens arrive (OpenID SSF 1.0 section 8.1.4.1). */
  public String verification(String stream, String audience) {
    ObjectNode claims = claims(UUID.randomUUID().toString(), audience);
    claims.putObject("sub_id").put("format", "opaque").put("id", stream);
    claims.putObject(EVENTS).putObject(VERIFICATION);
    return signed(claims);
  }

  private ObjectNode claims(String id, String audience) {
    ObjectNode claims = JsonDocument.MAPPER.createObjectNode();
    claims.put("iss", issuer).put("iat", clock.instant().getEpochSecond()).put("jti", id);
    claims.putArray("aud").add(audience);
    return claims;
  }

  private String signed(ObjectNode claims) {
    ECKey key = keys.current();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE).keyID(key.getKeyID()).build();
    JWSObject token = new JWSObject(header, new Payload(JsonDocument.of(claims).text()));
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("A key on P-256 signs", e);
    }
    return token.serialize();
  }
}
