package org.muster.bench.load;

import org.jspecify.annotations.Nullable;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Request;

/** A few requests that follow from each other, sent over one connection. */
interface Task {
  /** The next request, or null at the end; the same as before if the last one failed. */
  @Nullable Request next();

  /**
   * Hears an answer.
   *
   * @return whether it was a success; if not, the request is sent again
   */
  boolean answered(Answer answer);

  /** How much of the work the last success did. */
  long progress();
}
