package org.muster.bench.http;

import org.jspecify.annotations.Nullable;

/**
 * What is sent over which connection, and who hears the answers. All calls come from the thread
 * that runs the load; each request of a connection is answered before its next is asked for.
 */
public interface Traffic {
  /**
   * The next request of a connection, or null when the connection has no more to send.
   *
   * @param connection from 0
   */
  @Nullable Request next(int connection);

  /**
   * Hears an answer, which is valid only during this call.
   *
   * @param connection the one whose last request is answered
   */
  void answered(int connection, Answer answer);
}
