package org.muster.storage;

import java.util.List;
import java.util.Optional;

/**
 * A page of an answer. Where documents are large it may be shorter than was asked for, even empty,
 * though there are more behind it; only {@code next} says whether there are.
 *
 * @param next the place of the last item, if there are items behind it; of a page that is empty,
 *     since what was to be on it has been deleted meanwhile, the place where they were
 */
public record Found(List<Stored> items, Optional<Query.Position> next) {
  public Found {
    items = List.copyOf(items);
  }
}
