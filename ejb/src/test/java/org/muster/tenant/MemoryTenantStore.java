package org.muster.tenant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.muster.access.Tenant;
import org.muster.kernel.TenantId;

/** Tenants in memory; there is a default one. Counts reads by id. */
final class MemoryTenantStore implements TenantStore {
  int finds;
  final List<TenantId> withoutCredentials = new ArrayList<>();
  Runnable beforeChange = () -> {};
  private final TreeMap<TenantId, Tenant> tenants = new TreeMap<>();

  MemoryTenantStore() {
    tenants.put(TenantId.DEFAULT, new Tenant(TenantId.DEFAULT, Instant.EPOCH, "{}"));
  }

  @Override
  public Optional<Tenant> find(TenantId id) {
    finds++;
    return Optional.ofNullable(tenants.get(id));
  }

  @Override
  public List<Tenant> page(Optional<String> after, int limit) {
    return tenants.values().stream()
        .filter(tenant -> after.map(id -> tenant.id().value().compareTo(id) > 0).orElse(true))
        .limit(limit)
        .toList();
  }

  @Override
  public List<Tenant> deleting(int limit) {
    return tenants.values().stream()
        .filter(tenant -> tenant.state() == Tenant.State.DELETING)
        .limit(limit)
        .toList();
  }

  @Override
  public boolean add(Tenant tenant) {
    return tenants.putIfAbsent(tenant.id(), tenant) == null;
  }

  @Override
  public boolean change(Tenant read, Tenant.State state, String settings) {
    Runnable first = beforeChange;
    beforeChange = () -> {};
    first.run();
    Tenant current = tenants.get(read.id());
    if (current == null
        || current.state() != read.state()
        || !current.settings().equals(read.settings())) {
      return false;
    }
    Tenant changed = new Tenant(read.id(), read.created(), settings);
    changed.state(state);
    tenants.put(read.id(), changed);
    return true;
  }

  @Override
  public boolean removeCredentials(TenantId id) {
    withoutCredentials.add(id);
    return true;
  }

  @Override
  public void remove(TenantId id) {
    tenants.remove(id);
  }
}
