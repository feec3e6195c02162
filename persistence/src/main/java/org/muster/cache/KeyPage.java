package org.muster.cache;

import java.util.List;
import java.util.Optional;

/**
 * Keys of a space, by code point.
 *
 * @param next where to go on; empty if these are the last
 */
public record KeyPage(List<String> keys, Optional<String> next) {
  public KeyPage {
    keys = List.copyOf(keys);
  }
}
