package org.muster.cache.coded;

import org.jspecify.annotations.Nullable;

/** What this node knows of a space, and has counted there. Thread-safe. */
public final class SpaceState {
  private final LevelCounters counters = new LevelCounters();
  private volatile @Nullable SpaceView view;

  SpaceState() {}

  /** What was done. */
  public LevelCounters counters() {
    return counters;
  }

  /** How the space is seen; null before it was opened. */
  public @Nullable SpaceView view() {
    return view;
  }

  /**
   * Takes the generation that was found, unless one was heard of meanwhile.
   *
   * @param vacancy the mark that slots were given before
   */
  public synchronized SpaceView open(long generation, long vacancy) {
    SpaceView seen = view;
    if (seen == null) {
      seen = new SpaceView(generation, vacancy);
      view = seen;
    }
    return seen;
  }

  /**
   * Takes a generation that somebody else has made; if it is another one than before, or this node
   * has seen nothing until now, what was seen is outdated.
   */
  public synchronized SpaceView find(long generation) {
    if (view == null) {
      view = new SpaceView(generation, Marks.next());
    }
    return adopt(generation);
  }

  /** Takes a generation; if it is another one than before, what was seen under it is outdated. */
  public synchronized SpaceView adopt(long generation) {
    SpaceView seen = view;
    if (seen == null) {
      seen = new SpaceView(generation, 0);
    } else if (seen.generation() != generation) {
      seen = new SpaceView(generation, Marks.next());
    }
    view = seen;
    return seen;
  }

  /** Outdates all that is there and all that was seen, on this node. */
  synchronized void forget() {
    if (view != null) {
      view = new SpaceView(Marks.generation(), Marks.next());
    }
  }
}
