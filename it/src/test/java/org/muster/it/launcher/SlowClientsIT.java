package org.muster.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.muster.it.Instance;

/** What clients that are slow or send too much get from the listener, by its settings. */
@Tag("launcher")
class SlowClientsIT {
  private static final int PATIENCE_MILLIS = 20_000;

  @Test
  void slowAndLargeRequestsAreGivenUpWhileOthersAreServed() throws IOException {
    try (Instance instance =
        Instance.fresh("slow")
            .with("MUSTER_HTTP_UPLOAD_TIMEOUT", "1000")
            .with("MUSTER_HTTP_IDLE_TIMEOUT", "2")
            .with("MUSTER_HTTP_HEADER_BYTES", "4096")
            .with("MUSTER_HTTP_HEADERS", "30")
            .with("MUSTER_HTTP_THREADS", "4")) {
      instance.start();
      String head =
          "POST /scim/v2/Users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + instance.token()
              + "\r\nContent-Type: application/json\r\n";
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        slow.add(open(instance, head + "Content-Length: 1000\r\n\r\n{\"half"));
      }
      instance.client().get("/Users").expect(200);
      for (Socket socket : slow) {
        assertThat(rest(socket)).as("an answer to half a body").doesNotContain("HTTP/1.1 2");
      }
      assertThat(rest(open(instance, ""))).as("an answer to silence").isEmpty();
      assertThat(rest(open(instance, head + "X-A: " + "a".repeat(5_000) + "\r\n\r\n")))
          .contains(" 431 ");
      assertThat(rest(open(instance, head + "X-A: a\r\n".repeat(40) + "\r\n"))).contains(" 431 ");
      instance.client().get("/Users").expect(200);
    }
  }

  private static Socket open(Instance instance, String text) throws IOException {
    Socket socket = new Socket(instance.url().getHost(), instance.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /** What the server says until it closes the connection, which it has to do. */
  private static String rest(Socket socket) throws IOException {
    long start = System.nanoTime();
    try (socket;
        InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketTimeoutException e) {
      throw new AssertionError(
          "Still open after " + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s", e);
    }
  }
}
