package org.muster.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.muster.kernel.TenantId;

/** A tenant: whether it is served, and its settings as a JSON object. */
@Entity
@Table(name = "tenant")
public class Tenant {
  /** Whether a tenant is served. */
  public enum State {
    ACTIVE,
    /** Its credentials are known and refused. */
    SUSPENDED,
    /** As if there were none, but its id is still taken and its data are being erased. */
    DELETING
  }

  @Id private String id = "";

  @Enumerated(EnumType.STRING)
  private State state = State.ACTIVE;

  @Column(name = "created_ms", updatable = false)
  private long createdMillis;

  private String settings = "{}";

  /** For the entity manager. */
  protected Tenant() {}

  public Tenant(TenantId id, Instant created, String settings) {
    this.id = id.value();
    this.createdMillis = created.toEpochMilli();
    this.settings = settings;
  }

  public TenantId id() {
    return new TenantId(id);
  }

  public State state() {
    return state;
  }

  public void state(State changed) {
    state = changed;
  }

  public Instant created() {
    return Instant.ofEpochMilli(createdMillis);
  }

  /** A JSON object. */
  public String settings() {
    return settings;
  }

  public void settings(String changed) {
    settings = changed;
  }
}
