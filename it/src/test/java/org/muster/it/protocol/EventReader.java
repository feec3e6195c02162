package org.muster.it.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client of a stream of server-sent events, which reads as the standard of WHATWG says. */
final class EventReader implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpResponse<InputStream> response;
  private final BlockingQueue<Sent> events = new LinkedBlockingQueue<>();
  private final AtomicInteger heartbeats = new AtomicInteger();
  private volatile String lastEventId;
  private volatile boolean ended;

  /** An event as it was sent. */
  record Sent(String id, String type, JsonNode item) {}

  private EventReader(HttpResponse<InputStream> response, String lastEventId) {
    this.response = response;
    this.lastEventId = lastEventId;
  }

  /**
   * Opens a stream.
   *
   * @param lastEventId that of the stream before; empty for none
   */
  static EventReader open(URI url, String token, String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Accept", "text/event-stream")
            .header("Authorization", "Bearer " + token);
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      EventReader reader =
          new EventReader(
              HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()), lastEventId);
      Thread thread = new Thread(reader::read, "events");
      thread.setDaemon(true);
      thread.start();
      return reader;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int status() {
    return response.statusCode();
  }

  HttpHeaders headers() {
    return response.headers();
  }

  /** The next event; null if none comes in time. */
  @Nullable Sent poll(long millis) {
    try {
      return events.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next event, which has to come. */
  Sent next() {
    return Objects.requireNonNull(poll(20_000), "no event came");
  }

  /** What a client that comes back would say, whether it has taken all events or not. */
  String lastEventId() {
    return lastEventId;
  }

  /** How many comments came. */
  int heartbeats() {
    return heartbeats.get();
  }

  /** Whether the server has ended the stream, or the connection broke. */
  boolean isEnded() {
    return ended;
  }

  private void read() {
    String id = lastEventId;
    String type = "message";
    StringBuilder data = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (data.length() > 0) {
            events.add(new Sent(id, type, JSON.readTree(data.toString())));
          }
          lastEventId = id;
          type = "message";
          data.setLength(0);
        } else if (line.startsWith(":")) {
          heartbeats.incrementAndGet();
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.append(line.substring(6));
        }
      }
    } catch (IOException e) {
      // closed by this side, or broken: in both cases it is over
    }
    ended = true;
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
