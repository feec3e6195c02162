package org.muster.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How often definitions were changed, as it was at a tenant's last change. */
@Entity
@Table(name = "definition_version")
public class DefinitionVersion {
  /** The row that counts the changes of all tenants. */
  static final String ALL = "*";

  @Id private String tenant = "";
  private long version;

  /** For the entity manager. */
  protected DefinitionVersion() {}

  DefinitionVersion(String tenant, long version) {
    this.tenant = tenant;
    this.version = version;
  }

  /** A tenant, or the row of all. */
  String tenant() {
    return tenant;
  }

  long version() {
    return version;
  }
}
