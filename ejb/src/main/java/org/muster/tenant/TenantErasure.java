package org.muster.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import org.muster.access.Tenant;
import org.muster.kernel.TenantId;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;

/**
 * Erases the tenants that are being deleted, step by step. It keeps nothing between two runs, so
 * that whoever comes next, after a crash or on another node, goes on where it was left.
 */
final class TenantErasure {
  private static final Logger LOG = System.getLogger(TenantErasure.class.getName());
  private static final int TENANTS_AT_ONCE = 100;

  private final TenantStore store;
  private final TenantDirectory directory;
  private final ToLongFunction<TenantId> step;
  private final Duration rest;
  private final Clock clock;

  /**
   * An erasure.
   *
   * @param step removes some of a tenant's data in one transaction, and says how much; 0 at the end
   * @param rest how long after its deletion an id stays taken, so that neither a write that was
   *     under way nor a remembered token meets the next tenant of that id
   */
  TenantErasure(
      TenantStore store,
      TenantDirectory directory,
      ToLongFunction<TenantId> step,
      Duration rest,
      Clock clock) {
    this.store = store;
    this.directory = directory;
    this.step = step;
    this.rest = rest;
    this.clock = clock;
  }

  /** Erases what there is to erase. */
  void run() {
    List<Tenant> deleting = store.deleting(TENANTS_AT_ONCE);
    for (Tenant tenant : deleting) {
      try {
        erase(tenant);
      } catch (StorageException e) {
        LOG.log(Level.WARNING, "A tenant is not erased yet; the next run goes on", e);
      }
    }
  }

  private void erase(Tenant tenant) {
    // First of all: a node may take a token for good for some seconds after it is gone, and by then
    // there must not be another tenant of that id.
    if (store.removeCredentials(tenant.id())) {
      directory.forgetCredentials();
    }
    long removed = 0;
    for (long more = 1; more > 0; removed += more) {
      more = step.applyAsLong(tenant.id());
    }
    if (removed == 0 && clock.millis() >= deletedMillis(tenant) + rest.toMillis()) {
      store.remove(tenant.id());
      directory.forget(tenant.id());
      LOG.log(Level.INFO, "A tenant that was deleted is gone for good: {0}", tenant.id());
    }
  }

  private static long deletedMillis(Tenant tenant) {
    try {
      return JsonDocument.MAPPER.readTree(tenant.settings()).path(Tenants.DELETED_MILLIS).asLong(0);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The settings of a tenant are no JSON", e);
    }
  }
}
