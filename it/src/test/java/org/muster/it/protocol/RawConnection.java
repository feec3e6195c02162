package org.muster.it.protocol;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.muster.it.ScimResponse;

/**
 * A connection on which anything can be said, HTTP or not; text stands for its ISO-8859-1 bytes.
 */
final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private final Socket socket;
  private final InputStream in;

  RawConnection(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The next answer, the interim ones left out; it must have a Content-Length or be the last. */
  Answer answer() throws IOException {
    return read(false);
  }

  /** The next answer, to a HEAD. */
  Answer answerWithoutBody() throws IOException {
    return read(true);
  }

  /** Whether the server has nothing more to say. */
  boolean isClosed() throws IOException {
    return in.read() == -1;
  }

  private Answer read(boolean bodyless) throws IOException {
    int status = status(line());
    HttpHeaders headers = headers();
    if (status < 200) {
      return read(bodyless);
    }
    int length = (int) headers.firstValueAsLong("Content-Length").orElse(Integer.MAX_VALUE);
    byte[] body = bodyless ? new byte[0] : in.readNBytes(length);
    return new Answer(new ScimResponse(status, headers, new String(body, StandardCharsets.UTF_8)));
  }

  private static int status(String line) {
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
      throw new AssertionError("Not a status line: " + line);
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private HttpHeaders headers() throws IOException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c == -1) {
        throw new AssertionError("The server closed without an answer, after: " + line);
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
