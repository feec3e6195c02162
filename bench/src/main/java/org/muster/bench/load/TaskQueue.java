package org.muster.bench.load;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Request;
import org.muster.bench.http.Traffic;

/** Hands tasks to whichever connection is free, and has a failed request sent again. */
final class TaskQueue implements Traffic {
  private static final int FAILURES_IN_A_ROW = 5;

  private final Iterator<? extends Task> tasks;
  private final Progress progress;
  private final Map<Integer, Task> running = new HashMap<>();
  private final Map<Integer, Integer> failures = new HashMap<>();

  TaskQueue(Iterator<? extends Task> tasks, Progress progress) {
    this.tasks = tasks;
    this.progress = progress;
  }

  @Override
  public @Nullable Request next(int connection) {
    Task task = running.get(connection);
    Request request = task == null ? null : task.next();
    while (request == null && tasks.hasNext()) {
      task = tasks.next();
      running.put(connection, task);
      request = task.next();
    }
    return request;
  }

  @Override
  public void answered(int connection, Answer answer) {
    Task task = running.get(connection);
    if (task != null && task.answered(answer)) {
      failures.remove(connection);
      progress.advance(task.progress());
    } else if (failures.merge(connection, 1, Integer::sum) == FAILURES_IN_A_ROW) {
      String body = answer.body();
      throw new IllegalStateException(
          "Loading fails with "
              + answer.status()
              + ": "
              + body.substring(0, Math.min(500, body.length())));
    }
  }
}
