package org.muster.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.muster.kernel.Version;

/**
 * What a batch did.
 *
 * @param moment when and as what; empty if nothing was changed for sure
 * @param changed documents put, restored or with changed outgoing links, without those deleted and
 *     those that linked to a deleted one: their time stamps and new version
 * @param effects all that was changed, in the order in which a batch is applied: puts (by one
 *     effect for each key), restores, purges and reindexes, then links, then deletions, each
 *     followed by the links that ended with it. Claims are not among them.
 */
public record Applied(
    Optional<Moment> moment, Map<StorageKey, Stamp> changed, List<Effect> effects) {
  /** What an empty batch did. */
  public static final Applied NOTHING = new Applied(Optional.empty(), Map.of(), List.of());

  /** The version that a batch gave to all that it changed, and its time in milliseconds. */
  public record Moment(Version version, Instant time) {
    public Moment {
      time = time.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /** When and as what a document was written; times in milliseconds. */
  public record Stamp(Version version, Instant created, Instant modified) {}

  public Applied {
    changed = Map.copyOf(changed);
    effects = List.copyOf(effects);
  }

  /** The stamp of a document; empty if the batch left it as it was. */
  public Optional<Stamp> of(StorageKey key) {
    return Optional.ofNullable(changed.get(key));
  }
}
