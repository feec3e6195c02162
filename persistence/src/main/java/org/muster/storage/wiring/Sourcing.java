package org.muster.storage.wiring;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.muster.event.projection.Projections;
import org.muster.event.projection.Wake;
import org.muster.storage.StorageProvider;

/**
 * The document store in the configured mode, with what has to be run for it.
 *
 * @param storage innermost of the chain that knows of events
 * @param projections what it is made of, to be run on this node
 * @param missed how many reads the model that is read from was not there for in time, if it is
 *     another one than that which is decided on
 * @param wake is to be set to what tells the projections that there is something new
 */
public record Sourcing(
    StorageProvider storage,
    List<Projections.Registered> projections,
    Optional<Supplier<Long>> missed,
    Wake wake) {
  public Sourcing {
    projections = List.copyOf(projections);
  }

  /** A store of which nothing has to be run. */
  static Sourcing of(StorageProvider storage) {
    return new Sourcing(storage, List.of(), Optional.empty(), new Wake());
  }
}
