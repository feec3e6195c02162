package org.muster.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.delivery.Outcome;
import org.muster.delivery.http.Destinations.PlainHttp;

@Timeout(30)
class HttpPosterTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private final AtomicInteger requests = new AtomicInteger();
  private static final int LOOK_UPS = 4;
  private final ExecutorService executor = Executors.newFixedThreadPool(4);
  private final ExecutorService lookUps =
      new ThreadPoolExecutor(0, LOOK_UPS, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
  private HttpServer server;
  private Handler handler = exchange -> answer(exchange, 204, "");
  private Poster poster;

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          handler.handle(exchange);
          exchange.close();
        });
    server.start();
    poster = poster(host -> List.of(InetAddress.getAllByName(host)));
  }

  private Poster poster(Resolver resolver) {
    return new HttpPoster(
        new Destinations(PlainHttp.LOCALHOST, false, resolver),
        Duration.ofMillis(700),
        executor,
        lookUps,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    executor.shutdownNow();
    lookUps.shutdownNow();
  }

  @Test
  void silentNameServerHoldsUpNobodyElseAndKeepsOneThreadForAHost() throws Exception {
    CountDownLatch silence = new CountDownLatch(1);
    AtomicInteger lookedUp = new AtomicInteger();
    poster =
        poster(
            host -> {
              if (host.equals("silent.example")) {
                lookedUp.incrementAndGet();
                await(silence);
              }
              return List.of(InetAddress.getLoopbackAddress());
            });
    URI silent = URI.create("https://silent.example/hook");
    List<CompletableFuture<Answer>> waiting = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      waiting.add(poster.post(silent, Map.of(), new byte[0]).toCompletableFuture());
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(500));
    assertThat(post(url("/")).status()).isEqualTo(204);
    for (CompletableFuture<Answer> each : waiting) {
      assertThatThrownBy(() -> each.get(5, TimeUnit.SECONDS))
          .hasMessageContaining("The host of the receiver could not be looked up in time");
    }
    assertThat(lookedUp).hasValue(1);
    silence.countDown();
  }

  @Test
  void moreHostsThanThereAreThreadsForAreRefusedAtOnce() {
    CountDownLatch silence = new CountDownLatch(1);
    poster =
        poster(
            host -> {
              await(silence);
              return List.of(InetAddress.getLoopbackAddress());
            });
    for (int i = 0; i < LOOK_UPS; i++) {
      poster.post(URI.create("https://h" + i + ".example/"), Map.of(), new byte[0]);
    }
    assertFails(URI.create("https://more.example/"), "Too many hosts are being looked up");
    silence.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void requestArrivesAsItWasGiven() {
    handler =
        exchange -> {
          String got =
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("webhook-id")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                  + " "
                  + exchange.getRequestHeaders().containsKey("Upgrade");
          answer(exchange, 200, got);
        };
    Answer answer = post(url("/hook?a=b"));
    assertThat(answer.body()).isEqualTo("POST /hook?a=b 1 {} false");
    assertThat(answer.outcome()).isInstanceOf(Outcome.Delivered.class);
  }

  @Test
  void redirectionIsNotFollowed() {
    handler =
        exchange -> {
          exchange.getResponseHeaders().add("Location", url("/elsewhere").toString());
          answer(exchange, 307, "");
        };
    assertThat(post(url("/")).outcome())
        .isEqualTo(
            new Outcome.Failed(
                "The receiver has answered 307; redirections are not followed", Optional.empty()));
    assertThat(requests).hasValue(1);
  }

  @Test
  void whatTakesTooLongIsGivenUp() {
    handler = exchange -> pause(5_000);
    long begin = System.nanoTime();
    assertFails(url("/"), "The receiver has not answered in time");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    assertThat(requests).hasValue(1);
  }

  @Test
  void bodyThatDripsIsGivenUp() {
    handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          for (int i = 0; i < 50; i++) {
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            pause(100);
          }
        };
    assertFails(url("/"), "The receiver has not answered in time");
  }

  @Test
  void ofALongBodyTheBeginningIsEnough() {
    handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] part = "y".repeat(10_000).getBytes(StandardCharsets.UTF_8);
          try {
            for (int i = 0; i < 10_000; i++) {
              exchange.getResponseBody().write(part);
            }
          } catch (IOException e) {
            // the other side has heard enough
          }
        };
    Answer answer = post(url("/"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).hasSize(4_096);
  }

  @Test
  void receiverThatIsNotThereIsToldOf() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertFails(URI.create("http://127.0.0.1:" + port), "The receiver can't be connected to");
  }

  @Test
  void whatIsNoHttpIsToldOfAfterASecondAttempt() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      AtomicInteger connections = new AtomicInteger();
      Thread garbage =
          new Thread(
              () -> {
                while (!socket.isClosed()) {
                  try (Socket accepted = socket.accept();
                      OutputStream out = accepted.getOutputStream()) {
                    connections.incrementAndGet();
                    out.write("\u0000\u0001garbage\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                  } catch (IOException e) {
                    return;
                  }
                }
              });
      garbage.start();
      assertFails(
          URI.create("http://127.0.0.1:" + socket.getLocalPort()),
          "The receiver has closed the connection, or answered no HTTP");
      assertThat(connections).hasValue(2);
    }
  }

  @Test
  void hostWithoutAddressIsToldOf() {
    assertFails(URI.create("https://nobody.invalid/"), "The host of the receiver has no address");
  }

  @Test
  void innerAddressIsNotConnectedTo() {
    assertFails(
        URI.create(url("/").toString().replace("http:", "https:")),
        "The address of the receiver is one that events may not be sent to");
    assertThat(requests).hasValue(0);
  }

  @Test
  void statusSaysWhatIsToBeDone() {
    assertThat(outcome(200)).isInstanceOf(Outcome.Delivered.class);
    assertThat(outcome(202)).isInstanceOf(Outcome.Delivered.class);
    assertThat(outcome(410)).isInstanceOf(Outcome.Gone.class);
    for (int status : List.of(400, 409, 413, 415, 422)) {
      assertThat(outcome(status)).isInstanceOf(Outcome.Rejected.class);
    }
    for (int status : List.of(301, 401, 403, 404, 408, 429, 500, 502, 503, 504)) {
      assertThat(outcome(status)).isInstanceOf(Outcome.Failed.class);
    }
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    assertThat(RetryAfter.parse("120", clock)).contains(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse("Sat, 31 Jan 2026 12:00:30 GMT", clock))
        .contains(Duration.ofSeconds(30));
    for (String text :
        List.of("", "-1", "soon", "99999999999", "Sat, 31 Jan 2026 11:00:00 GMT", "1.5")) {
      assertThat(RetryAfter.parse(text, clock)).as(text).isEmpty();
    }
    handler =
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "7");
          answer(exchange, 503, "");
        };
    assertThat(post(url("/")).retryAfter()).contains(Duration.ofSeconds(7));
  }

  private Outcome outcome(int status) {
    return new Answer(status, "", Optional.empty()).outcome();
  }

  private Answer post(URI url) {
    return poster
        .post(url, Map.of("webhook-id", "1"), "{}".getBytes(StandardCharsets.UTF_8))
        .toCompletableFuture()
        .join();
  }

  private void assertFails(URI url, String message) {
    assertThatThrownBy(() -> post(url))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
