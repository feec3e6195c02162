package org.muster.storage;

import java.time.Instant;
import java.util.List;
import org.muster.kernel.Version;

/**
 * A live document as it is stored.
 *
 * @param label what links to it show for it; may be empty
 * @param created first write of this key since it was last absent, in milliseconds
 * @param modified last change of the document or of its outgoing links, in milliseconds
 * @param links what was asked for with {@link LinkSelector}s, in their order and then by key; empty
 *     if none were asked for
 */
public record Stored(
    StorageKey key,
    Version version,
    Instant created,
    Instant modified,
    String label,
    JsonDocument document,
    List<Linked> links) {
  public Stored {
    links = List.copyOf(links);
  }

  /** This document with these links. */
  public Stored with(List<Linked> expanded) {
    return new Stored(key, version, created, modified, label, document, expanded);
  }
}
