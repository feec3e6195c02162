package org.muster.scim.definition;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.muster.access.Definition;
import org.muster.access.DefinitionRepository;
import org.muster.event.Append;
import org.muster.event.EventStore;
import org.muster.kernel.TenantId;

/** Keeps definitions in the database. */
@ApplicationScoped
class StoredDefinitions implements DefinitionStore {
  @Inject private DefinitionRepository repository;
  @Inject private EventStore events;

  /** Outside of the caller's transaction: what it says is kept for others. */
  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public long version(TenantId tenant) {
    return repository.version(tenant);
  }

  /** Likewise. */
  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public State of(TenantId tenant) {
    // The version first: a change in between makes it too old, which only means one more reading.
    long version = repository.version(tenant);
    return new State(version, version == 0 ? List.of() : repository.of(tenant));
  }

  @Override
  @Transactional
  public Optional<Long> change(
      TenantId tenant,
      long expected,
      LongFunction<List<Definition>> puts,
      List<Definition> gone,
      List<Append> told) {
    long version = repository.advance();
    if (repository.version(tenant) != expected) {
      return Optional.empty();
    }
    gone.forEach(each -> repository.delete(tenant, each.kind(), each.name()));
    puts.apply(version).forEach(repository::put);
    repository.version(tenant, version);
    events.append(told);
    return Optional.of(version);
  }

  @Override
  public Map<String, Long> changedAfter(long version) {
    return repository.changedAfter(version);
  }

  @Override
  public List<Definition> pending(Instant before, int limit) {
    return repository.pending(before, limit);
  }
}
