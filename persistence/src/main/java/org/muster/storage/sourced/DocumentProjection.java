package org.muster.storage.sourced;

import java.util.List;
import java.util.function.Supplier;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.Projection;
import org.muster.event.document.DocumentReplay;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageProvider;

/** The documents in a back end that nobody else writes, made of the events. */
public final class DocumentProjection implements Projection {
  private final String name;
  private final StorageProvider store;
  private final Supplier<List<TenantId>> tenants;
  private final DocumentReplay replay;

  /**
   * The documents in a back end.
   *
   * @param tenants all tenants
   */
  public DocumentProjection(String name, StorageProvider store, Supplier<List<TenantId>> tenants) {
    this.name = name;
    this.store = store;
    this.tenants = tenants;
    this.replay = new DocumentReplay(store);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public EventFilter filter() {
    return EventFilter.ALL;
  }

  @Override
  public void apply(List<Event> events) {
    replay.apply(events);
  }

  @Override
  public long clear(int most) {
    long removed = 0;
    for (TenantId tenant : tenants.get()) {
      if (removed < most) {
        removed += store.erase(tenant, (int) (most - removed));
      }
    }
    return removed;
  }
}
