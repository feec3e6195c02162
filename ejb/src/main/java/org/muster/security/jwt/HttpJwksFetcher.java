package org.muster.security.jwt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gets key sets over HTTPS, and over plain HTTP from this machine if that is allowed. Follows no
 * redirection, and ends what takes too long or is too large.
 */
final class HttpJwksFetcher implements JwksFetcher {
  private static final int BYTES_MOST = 256 * 1024;

  private final HttpClient client;
  private final Duration timeout;
  private final boolean plainLoopback;

  HttpJwksFetcher(Duration timeout, boolean plainLoopback) {
    this.timeout = timeout;
    this.plainLoopback = plainLoopback;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /** Whether keys may be fetched from there. */
  boolean isAllowed(URI uri) {
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      return false;
    }
    return "https".equals(uri.getScheme())
        || ("http".equals(uri.getScheme()) && plainLoopback && isLoopback(uri.getHost()));
  }

  @Override
  public String fetch(URI uri) throws IOException {
    if (!isAllowed(uri)) {
      throw new IOException("Keys may not be fetched from there");
    }
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(timeout).header("Accept", "application/json").build();
    CompletableFuture<HttpResponse<byte[]>> future =
        client.sendAsync(request, info -> new BoundedBody(BYTES_MOST));
    try {
      HttpResponse<byte[]> response = future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("The answer has status " + response.statusCode());
      }
      return new String(response.body(), StandardCharsets.UTF_8);
    } catch (TimeoutException e) {
      throw new IOException("The answer took too long", e);
    } catch (ExecutionException e) {
      throw new IOException("There was no answer, or too large a one", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The wait was interrupted", e);
    } finally {
      future.cancel(true);
    }
  }

  /** By its spelling alone: a name could mean another address at the next look. */
  private static boolean isLoopback(String host) {
    if (!host.matches("127(\\.\\d{1,3}){3}|\\[::1]|localhost")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
