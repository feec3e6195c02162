package org.muster.projection;

import java.time.Instant;
import java.util.Optional;

/** What has become of a document. */
public sealed interface ActivityMark {
  /** It is not live. */
  record Gone() implements ActivityMark {}

  /**
   * If it is live it was changed, but not in what it says of being active.
   *
   * @param modified in milliseconds
   */
  record Touched(Instant modified) implements ActivityMark {}

  /**
   * It is live, and says of being active what it says.
   *
   * @param modified in milliseconds
   */
  record Known(Optional<Boolean> active, Instant modified) implements ActivityMark {}

  /** What both come to, this one first. */
  default ActivityMark then(ActivityMark later) {
    if (!(later instanceof Touched touched)) {
      return later;
    }
    return this instanceof Known known
        ? new Known(known.active(), touched.modified())
        : kept(later);
  }

  private ActivityMark kept(ActivityMark later) {
    return this instanceof Gone ? this : later;
  }
}
