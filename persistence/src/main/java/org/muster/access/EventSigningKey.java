package org.muster.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A key with which security event tokens are signed; of two, the higher number is the later. */
@Entity
@Table(name = "event_signing_key")
public class EventSigningKey {
  @Id private long number;

  @Column(updatable = false)
  private String kid = "";

  @Column(updatable = false)
  private byte[] secret = {};

  @Column(name = "public_jwk", updatable = false)
  private String publicJwk = "";

  @Column(name = "created_ms", updatable = false)
  private long createdMillis;

  /** For the entity manager. */
  protected EventSigningKey() {}

  /**
   * A new key.
   *
   * @param secret the private part in the form in which it is stored
   * @param publicJwk the public part (RFC 7517)
   */
  public EventSigningKey(
      long number, String kid, byte[] secret, String publicJwk, Instant created) {
    this.number = number;
    this.kid = kid;
    this.secret = secret.clone();
    this.publicJwk = publicJwk;
    this.createdMillis = created.toEpochMilli();
  }

  public long number() {
    return number;
  }

  public String kid() {
    return kid;
  }

  /** The private part in the form in which it is stored. */
  public byte[] secret() {
    return secret.clone();
  }

  public String publicJwk() {
    return publicJwk;
  }

  public Instant created() {
    return Instant.ofEpochMilli(createdMillis);
  }
}
