package org.muster.storage;

import java.util.List;
import java.util.Optional;

/**
 * A page of an answer.
 *
 * @param next the place of the last item, if there are items behind it
 */
public record Found(List<Stored> items, Optional<Query.Position> next) {
  public Found {
    items = List.copyOf(items);
  }
}
