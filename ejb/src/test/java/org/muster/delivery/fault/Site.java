package org.muster.delivery.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.muster.storage.JsonDocument;

/** A receiver that answers with errors, late, or not at all, by a seed; it knows what it took. */
final class Site implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService executor = Executors.newFixedThreadPool(16);
  private final Map<String, List<Long>> firstTaken = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private Random random = new Random();
  private int failing;
  private int taken;

  private enum Manner {
    TAKE,
    TAKE_LATE,
    TAKE_AND_DROP,
    REFUSE,
    DROP
  }

  Site() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /**
   * Forgets what it took.
   *
   * @param percent of requests that go wrong
   */
  synchronized void begin(long seed, int percent) {
    random = new Random(seed);
    failing = percent;
    firstTaken.clear();
    ids.clear();
    taken = 0;
  }

  /** The numbers of the events of each stream, as they came for the first time. */
  synchronized Map<String, List<Long>> firstTaken() {
    Map<String, List<Long>> copy = new HashMap<>();
    firstTaken.forEach((stream, numbers) -> copy.put(stream, List.copyOf(numbers)));
    return copy;
  }

  /** The ids of the events that it took. */
  synchronized Set<String> ids() {
    return Set.copyOf(ids);
  }

  /** How many it took, those that came again included. */
  synchronized int taken() {
    return taken;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Manner manner = manner();
    if (manner == Manner.TAKE_LATE) {
      pause();
    }
    if (manner != Manner.REFUSE && manner != Manner.DROP) {
      take(JsonDocument.MAPPER.readTree(body));
    }
    if (manner != Manner.DROP && manner != Manner.TAKE_AND_DROP) {
      exchange.sendResponseHeaders(manner == Manner.REFUSE ? 500 : 204, -1);
    }
    exchange.close();
  }

  private synchronized Manner manner() {
    if (random.nextInt(100) >= failing) {
      return Manner.TAKE;
    }
    return Manner.values()[1 + random.nextInt(Manner.values().length - 1)];
  }

  private synchronized void take(JsonNode event) throws JsonProcessingException {
    taken++;
    if (ids.add(event.path("id").asText())) {
      firstTaken
          .computeIfAbsent(
              event.path("collection").asText() + "/" + event.path("resourceId").asText(),
              stream -> new ArrayList<>())
          .add(event.path("number").asLong());
    }
  }

  private static void pause() {
    try {
      Thread.sleep(60);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
