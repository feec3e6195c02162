package org.muster.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.muster.kernel.TenantId;

/** A schema or a resource type of a tenant, as JSON. */
@Entity
@Table(name = "definition")
public class Definition {
  /** What is defined. */
  public enum Kind {
    SCHEMA,
    RESOURCE_TYPE
  }

  @Id private String id = "";

  @Column(updatable = false)
  private String tenant = "";

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private Kind kind = Kind.SCHEMA;

  @Column(updatable = false)
  private String name = "";

  private long place;
  private long version;

  @Column(name = "changed_ms")
  private long changedMillis;

  private String body = "{}";
  private String pending = "";
  private String unindexed = "";

  /** For the entity manager. */
  protected Definition() {}

  /**
   * A definition.
   *
   * @param name the URN of a schema, or the name of a type; at most 255 characters
   * @param place where it stands in the order of registration
   * @param version that of the change that makes it so
   * @param body a JSON object
   * @param pending attributes that the stored resources are being prepared for
   * @param unindexed searchable attributes for which the database has no index
   */
  public Definition(
      TenantId tenant,
      Kind kind,
      String name,
      long place,
      long version,
      Instant changed,
      String body,
      List<String> pending,
      List<String> unindexed) {
    this.id = id(tenant, kind, name);
    this.tenant = tenant.value();
    this.kind = kind;
    this.name = key(kind, name);
    this.place = place;
    this.version = version;
    this.changedMillis = changed.toEpochMilli();
    this.body = body;
    this.pending = String.join(" ", pending);
    this.unindexed = String.join(" ", unindexed);
  }

  /** The primary key. */
  static String id(TenantId tenant, Kind kind, String name) {
    return tenant.value() + "/" + kind + "/" + key(kind, name);
  }

  /** URNs are the same in any case. */
  private static String key(Kind kind, String name) {
    return kind == Kind.SCHEMA ? name.toLowerCase(Locale.ROOT) : name;
  }

  String id() {
    return id;
  }

  public TenantId tenant() {
    return new TenantId(tenant);
  }

  public Kind kind() {
    return kind;
  }

  /** The URN of a schema in lower case, or the name of a type. */
  public String name() {
    return name;
  }

  public long place() {
    return place;
  }

  public long version() {
    return version;
  }

  public Instant changed() {
    return Instant.ofEpochMilli(changedMillis);
  }

  /** A JSON object. */
  public String body() {
    return body;
  }

  /** Attributes that the stored resources are being prepared for. */
  public List<String> pending() {
    return words(pending);
  }

  /** Searchable attributes for which the database has no index. */
  public List<String> unindexed() {
    return words(unindexed);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }
}
