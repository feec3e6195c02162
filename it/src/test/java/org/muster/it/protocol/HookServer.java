package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver of webhooks on this machine, which answers as it is told to. */
final class HookServer implements AutoCloseable {
  final List<Hook> all = new CopyOnWriteArrayList<>();

  /** Those that were answered with 2xx. */
  final List<Hook> taken = new CopyOnWriteArrayList<>();

  volatile ToIntFunction<Hook> status = hook -> 204;
  private final HttpServer server;
  private final ExecutorService executor = Executors.newFixedThreadPool(8);

  /** A request. */
  record Hook(String id, String timestamp, String signature, String body) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }

    String type() {
      return json().path("type").asText();
    }

    String resource() {
      return json().path("resourceId").asText();
    }

    /** Whether a signature is that of the secret. */
    boolean isSignedWith(String secret) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String signed = id + "." + timestamp + "." + body;
        byte[] expected = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        return Arrays.asList(signature.split(" ", -1))
            .contains("v1," + Base64.getEncoder().encodeToString(expected));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  HookServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext(
        "/",
        exchange -> {
          Hook hook =
              new Hook(
                  exchange.getRequestHeaders().getFirst("webhook-id"),
                  exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                  exchange.getRequestHeaders().getFirst("webhook-signature"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          all.add(hook);
          int answer = status.applyAsInt(hook);
          if (answer / 100 == 2) {
            taken.add(hook);
          }
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /** Those of a resource that were taken, when there are so many. */
  List<Hook> await(String resource, int count) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(40));
    while (of(resource).size() < count) {
      assertThat(Instant.now()).as("events of %s: %s", resource, all).isBefore(deadline);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return of(resource);
  }

  List<Hook> of(String resource) {
    return taken.stream().filter(hook -> hook.resource().equals(resource)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
