package org.muster.scim.definition;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.muster.access.Definition;
import org.muster.event.Append;
import org.muster.kernel.TenantId;

/** Keeps the definitions of all tenants, for all nodes. Thread-safe. */
public interface DefinitionStore {
  /** The definitions of a tenant in the order of their registration, and their version. */
  record State(long version, List<Definition> definitions) {
    public State {
      definitions = List.copyOf(definitions);
    }
  }

  /** The version of a tenant's definitions now; 0 if it never had any. */
  long version(TenantId tenant);

  /** What is kept now. */
  State of(TenantId tenant);

  /**
   * Writes some definitions and removes others in one atomic step, if the tenant's version still is
   * the expected one. Versions grow in the order in which changes are committed.
   *
   * @param puts by the version that the change makes
   * @param events what is told of it; appended in the same step where events are in the database
   * @return that version; empty if somebody else was faster, and nothing was written
   */
  Optional<Long> change(
      TenantId tenant,
      long expected,
      LongFunction<List<Definition>> puts,
      List<Definition> gone,
      List<Append> events);

  /** The tenants that were changed behind a version; "*" has the newest version of all. */
  Map<String, Long> changedAfter(long version);

  /** Types with pending attributes that were not changed since a time, the oldest first. */
  List<Definition> pending(Instant before, int limit);
}
