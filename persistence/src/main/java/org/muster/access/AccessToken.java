package org.muster.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;

/** A bearer token of a tenant: what it may do and how long; of the secret only the hash. */
@Entity
@Table(name = "access_token")
public class AccessToken {
  @Id private String id = "";

  @Column(updatable = false)
  private String tenant = "";

  @Column(updatable = false)
  private byte[] hash = {};

  @Column(updatable = false)
  private String scopes = "";

  @Column(updatable = false)
  private @Nullable String subject;

  @Column(name = "created_ms", updatable = false)
  private long createdMillis;

  @Column(name = "expires_ms", updatable = false)
  private @Nullable Long expiresMillis;

  @Column(name = "last_used_ms")
  private @Nullable Long lastUsedMillis;

  @Column(name = "revoked_ms")
  private @Nullable Long revokedMillis;

  /** For the entity manager. */
  protected AccessToken() {}

  /**
   * A new token.
   *
   * @param hash the SHA-256 of the secret, 32 bytes
   * @param scopes without spaces
   * @param subject who {@code /Me} is
   * @param expires empty if it is good until revoked
   */
  public AccessToken(
      String id,
      TenantId tenant,
      byte[] hash,
      Set<String> scopes,
      Optional<String> subject,
      Instant created,
      Optional<Instant> expires) {
    if (hash.length != 32) {
      throw new IllegalArgumentException("A hash has 32 bytes, not " + hash.length);
    }
    this.id = id;
    this.tenant = tenant.value();
    this.hash = hash.clone();
    this.scopes = String.join(" ", new TreeSet<>(scopes));
    this.subject = subject.orElse(null);
    this.createdMillis = created.toEpochMilli();
    this.expiresMillis = expires.map(Instant::toEpochMilli).orElse(null);
  }

  public String id() {
    return id;
  }

  public TenantId tenant() {
    return new TenantId(tenant);
  }

  /** The SHA-256 of the secret. */
  public byte[] hash() {
    return hash.clone();
  }

  public Set<String> scopes() {
    return scopes.isEmpty() ? Set.of() : Set.of(scopes.split(" ", -1));
  }

  public Optional<String> subject() {
    return Optional.ofNullable(subject);
  }

  public Instant created() {
    return Instant.ofEpochMilli(createdMillis);
  }

  public Optional<Instant> expires() {
    return Optional.ofNullable(expiresMillis).map(Instant::ofEpochMilli);
  }

  public Optional<Instant> lastUsed() {
    return Optional.ofNullable(lastUsedMillis).map(Instant::ofEpochMilli);
  }

  public Optional<Instant> revoked() {
    return Optional.ofNullable(revokedMillis).map(Instant::ofEpochMilli);
  }

  /** Whether it is neither revoked nor past its expiry. */
  public boolean isValidAt(Instant time) {
    return revokedMillis == null
        && (expiresMillis == null || time.toEpochMilli() < expiresMillis.longValue());
  }
}
