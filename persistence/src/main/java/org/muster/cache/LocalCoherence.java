package org.muster.cache;

import java.time.Duration;

/** The coherence of a level that no other node shares: there is nobody to be heard of. */
public record LocalCoherence(Duration guard) implements Coherence {
  @Override
  public void listen(VoidListener listener) {}

  @Override
  public boolean isImmediate() {
    return true;
  }

  @Override
  public boolean isConnected() {
    return true;
  }
}
