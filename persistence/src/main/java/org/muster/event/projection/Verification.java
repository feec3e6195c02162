package org.muster.event.projection;

import java.util.List;

/**
 * What came of holding a projection against the events.
 *
 * @param documents how many documents were compared
 * @param links how many links were compared
 * @param unknown how many changes were left out, of documents that the events don't fully tell of
 * @param differences some of the entries that differ; none if all are equal
 */
public record Verification(
    long documents, long links, long unknown, List<String> differences, boolean more) {
  public Verification {
    differences = List.copyOf(differences);
  }

  /** Whether nothing differs. */
  public boolean equal() {
    return differences.isEmpty();
  }
}
