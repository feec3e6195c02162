package org.muster.cache.twolevel;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A read past level 1 that others wait for, who would do the same. */
final class Flight<V> {
  private final Thread leader = Thread.currentThread();
  private final CompletableFuture<Outcome<V>> outcome = new CompletableFuture<>();

  boolean isOwn() {
    return leader.equals(Thread.currentThread());
  }

  void landed(Outcome<V> result) {
    outcome.complete(result);
  }

  void crashed(Throwable failure) {
    outcome.completeExceptionally(failure);
  }

  /** What it came to, or its failure; empty if it takes too long. */
  Optional<Outcome<V>> await(long nanos) {
    try {
      return Optional.of(outcome.get(nanos, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
