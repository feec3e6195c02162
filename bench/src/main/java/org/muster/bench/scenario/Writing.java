package org.muster.bench.scenario;

import java.util.function.IntFunction;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Request;

/** Requests that write, and the status that each of them must get. */
final class Writing implements Source {
  private final IntFunction<Request> request;
  private final int low;
  private final int high;
  private long succeeded;

  /**
   * @param request makes the next request of a connection
   * @param low the lowest status that is a success
   * @param high the highest
   */
  Writing(IntFunction<Request> request, int low, int high) {
    this.request = request;
    this.low = low;
    this.high = high;
  }

  @Override
  public Request next(int connection) {
    return request.apply(connection);
  }

  @Override
  public boolean good(int connection, Answer answer) {
    boolean good = answer.status() >= low && answer.status() <= high;
    if (good) {
      succeeded++;
    }
    return good;
  }

  long succeeded() {
    return succeeded;
  }
}
