package org.muster.receiver;

import java.time.Instant;

/**
 * Which node delivers to a receiver.
 *
 * @param holder the node, or the one that did so last; empty if none did
 * @param until when its right ends
 */
public record Leased(ReceiverId id, Kind kind, String holder, Instant until) {
  /** Whether a node has the right now. */
  public boolean isHeldBy(String node, Instant now) {
    return holder.equals(node) && now.isBefore(until);
  }
}
