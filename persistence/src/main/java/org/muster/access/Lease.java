package org.muster.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The right to do what one node at a time does, until a time. */
@Entity
@Table(name = "lease")
public class Lease {
  @Id private String name = "";

  private String holder = "";

  @Column(name = "until_ms")
  private long untilMillis;

  /** For the entity manager. */
  protected Lease() {}

  /** What the right is to. */
  public String name() {
    return name;
  }

  /** The node that has it, or had it last; empty if none had. */
  public String holder() {
    return holder;
  }

  /** When it ends, in milliseconds since 1970. */
  public long untilMillis() {
    return untilMillis;
  }
}
