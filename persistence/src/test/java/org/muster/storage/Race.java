package org.muster.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Runs something in many threads that start at the same moment. */
final class Race {
  private Race() {}

  /** What each runner came back with. */
  record Outcome(Object value) {
    boolean failedWith(Class<? extends Throwable> type) {
      return type.isInstance(value);
    }

    boolean succeeded() {
      return !(value instanceof Throwable);
    }
  }

  /** The outcomes by runner; a runner has a minute. */
  static List<Outcome> run(int runners, IntFunction<Callable<?>> runner) {
    ExecutorService threads = Executors.newFixedThreadPool(runners);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Object>> futures = new ArrayList<>();
      for (int i = 0; i < runners; i++) {
        Callable<?> action = runner.apply(i);
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return action.call();
                }));
      }
      start.countDown();
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Object> future : futures) {
        outcomes.add(outcome(future));
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Outcome outcome(Future<Object> future) {
    try {
      Object value = future.get(60, TimeUnit.SECONDS);
      return new Outcome(value == null ? "nothing" : value);
    } catch (ExecutionException e) {
      return new Outcome(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("A runner is stuck", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
