package org.muster.storage.sourced;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.document.DocumentReplay;
import org.muster.event.projection.Beside;
import org.muster.event.projection.Generations;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;

/**
 * The model that writes are decided on as a projection: kept up to date by the writes themselves,
 * made anew beside the one in use.
 */
public final class DocumentModel implements Beside {
  /** Names it, in stores and answers. */
  public static final String NAME = "documents";

  private final ModelStore place;
  private final Generations generations;
  private final Deciding deciding;
  private final Optional<ReentrantLock> order;

  /**
   * The model in a back end.
   *
   * @param order is held by who writes, where no transaction does it
   */
  DocumentModel(ModelStore place, Optional<ReentrantLock> order) {
    this.place = place;
    this.generations = place.generations();
    this.deciding = new Deciding(place.store(), generations);
    this.order = order;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EventFilter filter() {
    return EventFilter.ALL;
  }

  @Override
  public void apply(List<Event> events) {
    new DocumentReplay(deciding.of(generations.current() + 1)).apply(events);
  }

  @Override
  public long clear(int most) {
    boolean copy = Deciding.isCopy(generations.current() + 1);
    long removed = 0;
    for (TenantId tenant : place.tenants().get()) {
      if (removed < most) {
        int left = (int) (most - removed);
        removed +=
            copy
                ? place.store().erase(tenant.copy(), left)
                : place.erasing().applyAsLong(tenant, left);
      }
    }
    return removed;
  }

  @Override
  public void announce(boolean switching) {
    generations.announce(switching);
  }

  @Override
  public void swap(Runnable catchUp) {
    order.ifPresent(ReentrantLock::lock);
    try {
      int now = generations.hold();
      catchUp.run();
      place.tenants().get().forEach(this::requireAll);
      generations.use(now + 1);
    } finally {
      order.ifPresent(ReentrantLock::unlock);
    }
  }

  /** What was there before there were events must not be lost. */
  private void requireAll(TenantId tenant) {
    SortedMap<String, Long> original = told(tenant);
    SortedMap<String, Long> copy = told(tenant.copy());
    if (!original.equals(copy)) {
      throw new StorageException.Corrupt(
          "The events do not tell of all documents of tenant %s, so that nothing was replaced"
              .formatted(tenant));
    }
  }

  private SortedMap<String, Long> told(TenantId tenant) {
    SortedMap<String, Long> told = new TreeMap<>(place.counts().apply(tenant));
    told.keySet().removeIf(Names::isOwn);
    return told;
  }

  /** There are two places, and the old one is where the next is going to be. */
  @Override
  public long retire(int most) {
    return clear(most);
  }
}
