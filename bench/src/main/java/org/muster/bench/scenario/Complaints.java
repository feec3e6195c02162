package org.muster.bench.scenario;

import java.util.ArrayList;
import java.util.List;
import org.muster.bench.http.Answer;

/** Counts answers that were not as they must be, and keeps the first few. */
final class Complaints {
  private static final int KEPT = 3;
  private static final int TEXT = 300;
  private static final int LOST_IN_A_ROW = 64;

  private final List<String> kept = new ArrayList<>();
  private long count;
  private int lost;

  /**
   * Counts one.
   *
   * @throws IllegalStateException if the server seems to be gone
   */
  void add(Answer answer) {
    count++;
    lost = answer.status() == Answer.NONE ? lost + 1 : 0;
    if (kept.size() < KEPT) {
      String body = answer.body();
      kept.add(answer.status() + " " + body.substring(0, Math.min(TEXT, body.length())));
    }
    if (lost == LOST_IN_A_ROW) {
      throw new IllegalStateException("The server does not answer: " + answer.body());
    }
  }

  long count() {
    return count;
  }

  List<String> kept() {
    return kept;
  }
}
