package org.muster.cache.config;

import java.time.Duration;
import java.util.function.Predicate;
import org.muster.cache.Coherence;
import org.muster.cache.LocalCoherence;

/**
 * Other nodes of the same database, as they are seen otherwise than through a level. What they
 * write is not heard by a cache that they do not share.
 */
@FunctionalInterface
public interface Neighbours {
  /** There are none. */
  Neighbours NONE = heard -> new LocalCoherence(Duration.ofDays(1));

  /**
   * What is connected as long as every other node that may write is one that is heard.
   *
   * @param heard whether the node of a name tells this one what it voids; cheap, may change
   */
  Coherence coherence(Predicate<String> heard);
}
