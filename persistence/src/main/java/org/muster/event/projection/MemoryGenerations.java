package org.muster.event.projection;

/** Keeps in the heap which generation is in use; who writes is kept out by the store above. */
public final class MemoryGenerations implements Generations {
  private volatile int current;

  @Override
  public int current() {
    return current;
  }

  @Override
  public int forWriting() {
    return current;
  }

  @Override
  public void announce(boolean switching) {
    // nobody remembers the last one
  }

  @Override
  public int hold() {
    return current;
  }

  @Override
  public void use(int generation) {
    current = generation;
  }
}
