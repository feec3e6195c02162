package org.muster.bench.scenario;

import org.muster.bench.http.Answer;
import org.muster.bench.http.Request;

/** An endless stream of requests of one kind; called from one thread. */
interface Source {
  Request next(int connection);

  /** Is this what the last request of the connection must get? */
  boolean good(int connection, Answer answer);
}
