package org.muster.delivery.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Sends over HTTP/1.1, and HTTP/2 where TLS negotiates it. Follows no redirection, uses no proxy,
 * keeps no cookie, and gives up what takes too long. A connection that had been kept and was closed
 * by the other side at this moment is opened anew, once.
 */
public final class HttpPoster implements Poster {
  private static final int BODY_MOST = 4_096;

  private final HttpClient client;
  private final Destinations destinations;
  private final LookUps lookUps;
  private final Duration timeout;
  private final Executor executor;
  private final Clock clock;

  /**
   * A sender.
   *
   * @param timeout for looking the host up, for connecting, and for all that follows the look-up
   * @param executor handles what arrives; never for long
   * @param lookUps on which hosts are looked up, for as long as that takes; it refuses what it has
   *     no thread for
   */
  public HttpPoster(
      Destinations destinations,
      Duration timeout,
      Executor executor,
      Executor lookUps,
      Clock clock) {
    this.destinations = destinations;
    this.lookUps = new LookUps(destinations, timeout, lookUps);
    this.timeout = timeout;
    this.executor = executor;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(timeout)
            .executor(executor)
            .build();
  }

  @Override
  public void check(URI url) {
    destinations.check(url);
  }

  @Override
  public CompletionStage<Answer> post(URI url, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .version(
                "https".equalsIgnoreCase(url.getScheme())
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1) // no Upgrade, which many don't understand
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    HttpRequest built = request.build();
    return attempt(url, built)
        .exceptionallyCompose(
            thrown ->
                isClosed(cause(thrown))
                    ? attempt(url, built)
                    : CompletableFuture.failedFuture(cause(thrown)))
        .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(told(cause(thrown))));
  }

  private CompletableFuture<Answer> attempt(URI url, HttpRequest request) {
    return lookUps.of(url).thenComposeAsync(reachable -> exchange(request), executor);
  }

  private CompletableFuture<Answer> exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, head -> new FirstBytes(BODY_MOST));
    return exchange
        .thenApply(this::answer)
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((done, thrown) -> exchange.cancel(true)); // ends what is still under way
  }

  private Answer answer(HttpResponse<String> response) {
    return new Answer(
        response.statusCode(),
        response.body(),
        response.headers().firstValue("Retry-After").flatMap(v -> RetryAfter.parse(v, clock)));
  }

  private static boolean isClosed(Throwable thrown) {
    return thrown instanceof IOException
        && !(thrown instanceof HttpTimeoutException)
        && !(thrown instanceof ConnectException)
        && !(thrown instanceof UnknownHostException)
        && !(thrown instanceof SSLException)
        && !(thrown instanceof Unsent);
  }

  private static Throwable cause(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return cause == null ? thrown : cause;
  }

  /** In words of ours: what a library says may show what is inside. */
  private static IOException told(Throwable thrown) {
    if (thrown instanceof Unsent known) {
      return known;
    }
    if (thrown instanceof HttpTimeoutException || thrown instanceof TimeoutException) {
      return new Unsent("The receiver has not answered in time", thrown);
    }
    if (thrown instanceof ConnectException) {
      return new Unsent("The receiver can't be connected to", thrown);
    }
    if (thrown instanceof UnknownHostException) {
      return new Unsent("The host of the receiver has no address", thrown);
    }
    if (thrown instanceof SSLException) {
      return new Unsent("TLS with the receiver failed; see its certificate", thrown);
    }
    return new Unsent("The receiver has closed the connection, or answered no HTTP", thrown);
  }
}
