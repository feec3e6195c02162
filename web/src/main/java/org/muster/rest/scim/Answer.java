package org.muster.rest.scim;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.muster.scim.resource.Representation;

/**
 * What is sent to the client.
 *
 * @param headers besides those of the body
 * @param held what the body is made of, closed when it was sent
 */
record Answer(
    int status,
    Map<String, String> headers,
    Optional<Representation.Body> body,
    Optional<Closeable> held) {
  private static final String SCIM_JSON = "application/scim+json";
  private static final int IN_MEMORY_MOST = 1 << 20;
  private static final int USUAL = 4 * 1024;

  /** What a client keeps, it must ask for again. */
  static final String TO_BE_ASKED_FOR_AGAIN = "private, no-cache";

  /** An answer with a body and all its headers. */
  static Answer of(int status, Representation.Body body, Map<String, String> headers) {
    return new Answer(status, headers, Optional.of(body), Optional.empty());
  }

  /** An answer without a body. */
  static Answer of(int status) {
    return new Answer(status, Map.of(), Optional.empty(), Optional.empty());
  }

  /**
   * An answer with a body. What a client keeps of it, it must ask for again: access may have ended.
   */
  Answer with(Representation.Body content) {
    return new Answer(status, headers, Optional.of(content), held)
        .with("Cache-Control", TO_BE_ASKED_FOR_AGAIN);
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body, held);
  }

  /** An answer whose body is made of something that has to be closed. */
  Answer holding(Closeable resource) {
    return new Answer(status, headers, body, Optional.of(resource));
  }

  /**
   * Sends a body of usual size as bytes, so that it has a length and that what fails while it is
   * written still becomes an error; a large one as a stream.
   */
  void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try {
      write(request, response);
    } finally {
      if (held.isPresent()) {
        held.get().close();
      }
    }
  }

  private void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (body.isEmpty()) {
      head(response);
      return;
    }
    if (body.get() instanceof Representation.Bytes bytes) {
      write(request, response, bytes.json());
      return;
    }
    Start start = new Start();
    boolean whole = start.take(body.get());
    head(response);
    response.setContentType(SCIM_JSON);
    if (whole) {
      response.setContentLength(start.bytes.size());
    }
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    OutputStream out = response.getOutputStream();
    if (whole) {
      start.bytes.writeTo(out);
    } else {
      body.get().writeTo(out); // from its beginning
    }
  }

  private void write(HttpServletRequest request, HttpServletResponse response, byte[] json)
      throws IOException {
    head(response);
    response.setContentType(SCIM_JSON);
    response.setContentLength(json.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(json);
    }
  }

  private void head(HttpServletResponse response) {
    response.setStatus(status);
    headers.forEach(response::setHeader);
  }

  /** The start of a body, up to a limit. */
  private static final class Start extends OutputStream {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL);

    /** Whether it is the whole body. */
    boolean take(Representation.Body body) throws IOException {
      try {
        body.writeTo(this);
        return true;
      } catch (Full e) {
        return false;
      }
    }

    @Override
    public void write(int b) throws IOException {
      require(1);
      bytes.write(b);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      require(length);
      bytes.write(source, offset, length);
    }

    private void require(int more) throws IOException {
      if (bytes.size() + more > IN_MEMORY_MOST) {
        throw new Full();
      }
    }

    /** The body is longer than the limit. */
    private static final class Full extends IOException {
      private static final long serialVersionUID = 1L;

      @Override
      public synchronized Throwable fillInStackTrace() {
        return this;
      }
    }
  }
}
