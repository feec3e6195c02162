package org.muster.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.muster.kernel.TenantId;

/** Who issues tokens for a tenant; issuer and audience together are of one tenant. */
@Entity
@Table(name = "token_issuer")
public class TokenIssuer {
  @Id private String id = "";

  @Column(updatable = false)
  private String tenant = "";

  private String issuer = "";
  private String audience = "";

  @Column(name = "created_ms", updatable = false)
  private long createdMillis;

  private String settings = "{}";

  /** For the entity manager. */
  protected TokenIssuer() {}

  /**
   * A new issuer.
   *
   * @param settings a JSON object: keys, algorithms, scopes
   */
  public TokenIssuer(
      String id,
      TenantId tenant,
      String issuer,
      String audience,
      Instant created,
      String settings) {
    this.id = id;
    this.tenant = tenant.value();
    this.issuer = issuer;
    this.audience = audience;
    this.createdMillis = created.toEpochMilli();
    this.settings = settings;
  }

  public String id() {
    return id;
  }

  public TenantId tenant() {
    return new TenantId(tenant);
  }

  public String issuer() {
    return issuer;
  }

  public String audience() {
    return audience;
  }

  public Instant created() {
    return Instant.ofEpochMilli(createdMillis);
  }

  /** A JSON object. */
  public String settings() {
    return settings;
  }
}
