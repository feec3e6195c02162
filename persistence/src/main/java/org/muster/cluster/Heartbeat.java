package org.muster.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Has a node beat, from its start until it is closed, on a thread of its own. */
public final class Heartbeat implements Runnable, AutoCloseable {
  private static final Logger LOG = System.getLogger(Heartbeat.class.getName());

  private final LiveNodes nodes;
  private final CountDownLatch closed = new CountDownLatch(1);

  public Heartbeat(LiveNodes nodes) {
    this.nodes = nodes;
  }

  /**
   * Joins, has a thread run this, and returns when the node may serve.
   *
   * @param threads starts a thread
   */
  public void begin(Consumer<Runnable> threads) {
    Duration wait = nodes.join();
    threads.accept(this);
    if (!wait.isZero() && await(wait)) {
      throw new IllegalStateException("The node was ended before others could have seen it");
    }
  }

  /** Beats until it is closed. */
  @Override
  public void run() {
    while (!await(LiveNodes.BEAT)) {
      try {
        nodes.beat();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "This node could not look at the others", e);
      }
    }
  }

  /** Whether it was closed meanwhile. */
  private boolean await(Duration time) {
    try {
      return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends the node; called when it serves no more. */
  @Override
  public synchronized void close() {
    if (closed.getCount() > 0) {
      closed.countDown();
      nodes.end();
    }
  }
}
