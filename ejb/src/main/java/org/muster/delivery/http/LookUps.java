package org.muster.delivery.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks hosts up on threads of its own: the platform does so for as long as name servers take, and
 * can't be told to give up. Whoever waits gives up in time; of each host there is one look-up at a
 * time, so that one whose name server is silent keeps one thread and no more. Thread-safe.
 */
final class LookUps {
  private final Destinations destinations;
  private final Duration timeout;
  private final Executor executor;
  private final ConcurrentMap<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

  /**
   * Look-ups of some destinations.
   *
   * @param timeout after which nobody waits any longer
   * @param executor refuses what it has no thread for
   */
  LookUps(Destinations destinations, Duration timeout, Executor executor) {
    this.destinations = destinations;
    this.timeout = timeout;
    this.executor = executor;
  }

  /** Completes when the host is looked up and may be sent to, else with an {@link IOException}. */
  CompletableFuture<Void> of(URI url) {
    return shared(url)
        .copy() // others may have more time left
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(told(thrown)));
  }

  private CompletableFuture<Void> shared(URI url) {
    String key = url.getScheme() + "://" + url.getHost();
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> other = underWay.putIfAbsent(key, begun);
    if (other != null) {
      return other;
    }
    try {
      executor.execute(() -> lookUp(key, url, begun));
    } catch (RejectedExecutionException e) {
      underWay.remove(key);
      begun.completeExceptionally(new Unsent("Too many hosts are being looked up", e));
    }
    return begun;
  }

  private void lookUp(String key, URI url, CompletableFuture<Void> begun) {
    try {
      destinations.requireReachable(url);
      underWay.remove(key);
      begun.complete(null);
    } catch (IOException | RuntimeException e) {
      underWay.remove(key);
      begun.completeExceptionally(e);
    }
  }

  private static Throwable told(Throwable thrown) {
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    return thrown instanceof TimeoutException
        ? new Unsent("The host of the receiver could not be looked up in time", thrown)
        : thrown instanceof Unsent ? thrown : cause;
  }
}
