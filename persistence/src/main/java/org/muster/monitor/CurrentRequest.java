package org.muster.monitor;

import java.util.Optional;

/** The id of the request that a thread is serving, for what is written to the log alone. */
public final class CurrentRequest {
  private static final ThreadLocal<String> ID = new ThreadLocal<>();

  private CurrentRequest() {}

  /** From now on this thread serves a request. */
  public static void begin(String id) {
    ID.set(id);
  }

  /** This thread serves none any more. */
  public static void end() {
    ID.remove();
  }

  static Optional<String> id() {
    return Optional.ofNullable(ID.get());
  }
}
