package org.muster.event.projection;

import java.util.Locale;

/** What is being done with a projection. */
public enum Phase {
  /** It follows the events. */
  RUNNING,
  /** Somebody has stopped it. */
  PAUSED,
  /** It is to be made anew; what is there of it is being removed. */
  CLEARING,
  /** It is being made anew, and has not come to the events of today yet. */
  REBUILDING,
  /** The new one has caught up; all nodes are being told that it is about to replace the old. */
  SWITCHING,
  /** The new one serves; what is left of the old is being removed. */
  RETIRING;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The name in stores and answers. */
  public String word() {
    return word;
  }

  /** Whether it is on its way to being made anew. */
  public boolean isRebuild() {
    return this == CLEARING || this == REBUILDING || this == SWITCHING;
  }
}
