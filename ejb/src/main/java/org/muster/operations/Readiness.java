package org.muster.operations;

import jakarta.enterprise.context.ApplicationScoped;

/** Whether the application has started: migrations done, start-up observers through. */
@ApplicationScoped
public class Readiness {
  private volatile boolean ready;

  /** Whether requests can be served. */
  public boolean isReady() {
    return ready;
  }

  /** Says that the start is through. */
  public void ready() {
    ready = true;
  }
}
