package org.muster.storage;

import java.util.Map;
import java.util.Optional;
import org.muster.kernel.Version;

/**
 * What a batch did.
 *
 * @param changed documents put or with changed outgoing links, without those deleted and those that
 *     linked to a deleted one: their time stamps and new version
 */
public record Applied(Map<StorageKey, Stamp> changed) {
  /** When and as what a document was written; times in milliseconds. */
  public record Stamp(Version version, java.time.Instant created, java.time.Instant modified) {}

  public Applied {
    changed = Map.copyOf(changed);
  }

  /** The stamp of a document; empty if the batch left it as it was. */
  public Optional<Stamp> of(StorageKey key) {
    return Optional.ofNullable(changed.get(key));
  }
}
