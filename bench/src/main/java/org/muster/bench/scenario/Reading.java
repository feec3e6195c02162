package org.muster.bench.scenario;

import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Request;

/** Requests that only read; of the answers one in 64 is looked into, every status counts. */
final class Reading implements Source {
  private static final int LOOK_INTO = 64;

  private final IntFunction<Request> request;
  private final Predicate<String> body;
  private int count;

  /**
   * @param request makes the next request of a connection
   * @param body what must hold for the body of each answer
   */
  Reading(IntFunction<Request> request, Predicate<String> body) {
    this.request = request;
    this.body = body;
  }

  @Override
  public Request next(int connection) {
    return request.apply(connection);
  }

  @Override
  public boolean good(int connection, Answer answer) {
    return answer.ok() && (count++ % LOOK_INTO != 0 || body.test(answer.body()));
  }
}
