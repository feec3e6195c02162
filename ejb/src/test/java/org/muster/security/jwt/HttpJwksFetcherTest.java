package org.muster.security.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From where keys are fetched, and what is not waited for. */
@Timeout(30)
class HttpJwksFetcherTest {
  private final HttpJwksFetcher fetcher = new HttpJwksFetcher(Duration.ofSeconds(2), true);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/good", exchange -> answer(exchange, 200, "{\"keys\":[]}"));
    server.createContext("/broken", exchange -> answer(exchange, 500, "no"));
    server.createContext("/large", exchange -> answer(exchange, 200, "x".repeat(300 * 1024)));
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/good");
          answer(exchange, 302, "");
        });
    server.createContext("/slow", HttpJwksFetcherTest::trickle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void keysAreFetched() throws IOException {
    assertThat(fetcher.fetch(uri("/good"))).isEqualTo("{\"keys\":[]}");
  }

  @Test
  void redirectionErrorAndLargeAnswerAreNoKeys() {
    for (String path : new String[] {"/moved", "/broken", "/large", "/nothing"}) {
      assertThatThrownBy(() -> fetcher.fetch(uri(path))).as(path).isInstanceOf(IOException.class);
    }
  }

  @Test
  void slowAnswerIsNotWaitedFor() {
    long start = System.nanoTime();
    assertThatThrownBy(() -> fetcher.fetch(uri("/slow"))).isInstanceOf(IOException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.example.com/jwks, true, true",
    "http://login.example.com/jwks, false, false",
    "http://127.0.0.1:8080/jwks, true, false",
    "http://localhost/jwks, true, false",
    "http://[::1]/jwks, true, false",
    "http://127.0.0.1.example.com/jwks, false, false",
    "http://10.0.0.1/jwks, false, false",
    "ftp://127.0.0.1/jwks, false, false",
    "https://a@example.com/jwks, false, false"
  })
  void schemeAndHostDecide(String uri, boolean withLoopback, boolean without) {
    assertThat(fetcher.isAllowed(URI.create(uri))).isEqualTo(withLoopback);
    assertThat(new HttpJwksFetcher(Duration.ofSeconds(2), false).isAllowed(URI.create(uri)))
        .isEqualTo(without);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void trickle(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    for (int i = 0; i < 100; i++) {
      exchange.getResponseBody().write('x');
      exchange.getResponseBody().flush();
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }
  }
}
