package org.muster.event;

import java.util.Optional;
import java.util.Set;
import org.muster.kernel.TenantId;

/**
 * Which events are wanted.
 *
 * @param tenant of this tenant alone; empty for all
 * @param collections of these collections; none for all
 * @param types of these types; none for all
 */
public record EventFilter(
    Optional<TenantId> tenant, Set<String> collections, Set<EventType> types) {
  /** All events. */
  public static final EventFilter ALL = new EventFilter(Optional.empty(), Set.of(), Set.of());

  /** All events of documents. */
  public static final EventFilter DOCUMENTS =
      new EventFilter(Optional.empty(), Set.of(), EventType.where(EventType::isOfDocument));

  public EventFilter {
    collections = Set.copyOf(collections);
    types = Set.copyOf(types);
  }

  /** All events of one tenant. */
  public static EventFilter of(TenantId tenant) {
    return new EventFilter(Optional.of(tenant), Set.of(), Set.of());
  }

  /** Whether an event is wanted. */
  public boolean matches(Event event) {
    return tenant.map(event.stream().tenant()::equals).orElse(true)
        && (collections.isEmpty() || collections.contains(event.stream().collection()))
        && (types.isEmpty() || types.contains(event.type()));
  }
}
