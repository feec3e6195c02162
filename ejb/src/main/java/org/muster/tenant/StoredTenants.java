package org.muster.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.muster.access.DefinitionRepository;
import org.muster.access.Tenant;
import org.muster.access.TenantRepository;
import org.muster.kernel.TenantId;

/** Keeps tenants in the database. */
@ApplicationScoped
class StoredTenants implements TenantStore {
  @Inject private TenantRepository tenants;
  @Inject private DefinitionRepository definitions;

  /** Outside of the caller's transaction: what it says is kept for others. */
  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Optional<Tenant> find(TenantId id) {
    return tenants.find(id);
  }

  @Override
  public List<Tenant> page(Optional<String> after, int limit) {
    return tenants.page(after, limit);
  }

  @Override
  public List<Tenant> deleting(int limit) {
    return tenants.deleting(limit);
  }

  /** Of two that come at once, the key of the table lets one through; the other fails. */
  @Override
  @Transactional
  public boolean add(Tenant tenant) {
    if (tenants.find(tenant.id()).isPresent()) {
      return false;
    }
    tenants.insert(tenant);
    return true;
  }

  @Override
  @Transactional
  public boolean change(Tenant read, Tenant.State state, String settings) {
    return tenants.change(read, state, settings);
  }

  @Override
  @Transactional
  public boolean removeCredentials(TenantId id) {
    return tenants.removeCredentials(id);
  }

  /**
   * Its definitions go with it, of which all nodes hear, lest a later tenant of that id have them.
   */
  @Override
  @Transactional
  public void remove(TenantId id) {
    if (definitions.version(id) > 0) {
      definitions.version(id, definitions.advance());
    }
    tenants.remove(id);
  }
}
