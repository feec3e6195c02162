package org.muster.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.muster.cache.Coherence;
import org.muster.cache.VoidListener;

/**
 * Says whether a cache may be relied upon that hears some nodes only, or none: while all the others
 * that are live are among those. It tells of nothing that others void, only that something may have
 * been missed.
 */
final class NodeCoherence implements Coherence {
  /** Nothing is voided by this. */
  private static final Duration GUARD = Duration.ofDays(1);

  private final LiveNodes nodes;
  private final Predicate<String> heard;
  private final List<VoidListener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean complete;

  NodeCoherence(LiveNodes nodes, Predicate<String> heard) {
    this.nodes = nodes;
    this.heard = heard;
  }

  /**
   * Takes the first view. What is in a level that outlives this node may be relied upon if others
   * that share it have heard all meanwhile, and nobody has died who may have told them nothing.
   */
  void began(View view) {
    complete =
        !view.seen().others().isEmpty() && view.seen().dead().isEmpty() && view.isHeard(heard);
  }

  /** There was a time in which others may have come and gone. */
  void missed() {
    complete = false;
  }

  /** Takes a view, which is that of the node already. */
  void seen(View view) {
    boolean hears = view.isHeard(heard);
    if (hears && !complete) {
      listeners.forEach(VoidListener::voidedAll);
    }
    complete = hears;
  }

  boolean hears(Node other) {
    return View.isHeard(other, heard);
  }

  @Override
  public Duration guard() {
    return GUARD;
  }

  @Override
  public void listen(VoidListener listener) {
    listeners.add(listener);
  }

  @Override
  public boolean isImmediate() {
    return true;
  }

  @Override
  public boolean isConnected() {
    View view = nodes.trusted();
    return view != null && complete && view.isHeard(heard);
  }
}
