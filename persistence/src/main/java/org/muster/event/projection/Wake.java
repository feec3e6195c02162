package org.muster.event.projection;

/** Tells whoever is interested by then that there is something new. Thread-safe. */
public final class Wake implements Runnable {
  private volatile Runnable action = () -> {};

  /** Has this one told from now on. */
  public void set(Runnable interested) {
    action = interested;
  }

  @Override
  public void run() {
    action.run();
  }
}
