package org.muster.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Integer> clientPorts = new HashSet<>();
  private HttpServer server;
  private Target target;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::echo);
    server.start();
    target = target(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void everyConnectionGetsAnAnswerForEachRequest() throws IOException {
    Script script = new Script(50);

    run(script, 16, Duration.ofSeconds(10));

    assertThat(script.bodies).hasSize(16);
    script.bodies.forEach(
        (connection, bodies) -> {
          assertThat(bodies).hasSize(50);
          assertThat(bodies.get(0)).isEqualTo("POST /c" + connection + "/0 Bearer t größer");
          assertThat(bodies.get(49)).isEqualTo("POST /c" + connection + "/49 Bearer t größer");
        });
    synchronized (clientPorts) {
      assertThat(clientPorts).hasSize(16);
    }
  }

  @Test
  void chunkedAnswersAreReadWhole() throws IOException {
    Script script = new Script(3, "/chunked");

    run(script, 1, Duration.ofSeconds(10));

    assertThat(script.bodies.get(0))
        .hasSize(3)
        .allSatisfy(body -> assertThat(body).hasSize(200_000));
  }

  @Test
  void connectionThatTheServerClosesIsOpenedAgain() throws IOException {
    Script script = new Script(5, "/close");

    run(script, 2, Duration.ofSeconds(10));

    assertThat(script.statuses).hasSize(10).containsOnly(200);
  }

  @Test
  void silentServerIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      target = target(silent.getLocalPort());
      Script script = new Script(1);

      run(script, 2, Duration.ofMillis(100));

      assertThat(script.statuses).containsExactly(Answer.NONE, Answer.NONE);
    }
  }

  @Test
  void connectionLostWithinAnAnswerIsToldAndReplaced() throws IOException {
    try (ServerSocket broken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> breakOff(broken));
      target = target(broken.getLocalPort());
      Script script = new Script(2);

      run(script, 1, Duration.ofSeconds(10));

      assertThat(script.statuses).containsExactly(Answer.NONE, Answer.NONE);
      assertThat(script.bodies.get(0)).containsOnly("Closed within an answer");
    }
  }

  @Test
  void refusedConnectionIsAnAnswerWithoutStatus() throws IOException {
    server.stop(0);
    Script script = new Script(2);

    run(script, 2, Duration.ofSeconds(10));

    assertThat(script.statuses).hasSize(4).containsOnly(Answer.NONE);
  }

  private static void breakOff(ServerSocket server) {
    try {
      for (int i = 0; i < 2; i++) {
        try (Socket socket = server.accept()) {
          socket.getInputStream().read(new byte[4096]);
          socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(Traffic traffic, int connections, Duration patience) throws IOException {
    try (Load load = new Load(target, connections, patience)) {
      load.run(traffic);
    }
  }

  private static Target target(int port) {
    return new Target(URI.create("http://127.0.0.1:" + port), "t");
  }

  private void echo(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    synchronized (clientPorts) {
      clientPorts.add(exchange.getRemoteAddress().getPort());
    }
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    String answer = exchange.getRequestMethod() + " " + path + " " + token + " " + body;
    if (path.startsWith("/chunked")) {
      answer = "x".repeat(200_000);
    }
    if (path.startsWith("/close")) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, path.startsWith("/chunked") ? 0 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Sends so many requests over each connection and keeps the answers. */
  private final class Script implements Traffic {
    private final int requests;
    private final String prefix;
    private final Map<Integer, Integer> sent = new HashMap<>();
    private final Map<Integer, List<String>> bodies = new HashMap<>();
    private final List<Integer> statuses = new ArrayList<>();

    Script(int requests) {
      this(requests, "");
    }

    Script(int requests, String prefix) {
      this.requests = requests;
      this.prefix = prefix;
    }

    @Override
    public @Nullable Request next(int connection) {
      int number = sent.merge(connection, 1, Integer::sum) - 1;
      return number < requests
          ? target.post(prefix + "/c" + connection + "/" + number, "größer")
          : null;
    }

    @Override
    public void answered(int connection, Answer answer) {
      statuses.add(answer.status());
      bodies.computeIfAbsent(connection, c -> new ArrayList<>()).add(answer.body());
    }
  }
}
