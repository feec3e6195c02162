package org.muster.bench.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** An answer, or the news that there was none. */
public final class Answer {
  /** Stands for the status when no answer came. */
  public static final int NONE = -1;

  private final int status;
  private final long nanos;
  private final byte[] buffer;
  private final int headEnd;
  private final int bodyEnd;

  Answer(int status, long nanos, byte[] buffer, int headEnd, int bodyEnd) {
    this.status = status;
    this.nanos = nanos;
    this.buffer = buffer;
    this.headEnd = headEnd;
    this.bodyEnd = bodyEnd;
  }

  static Answer none(String reason, long nanos) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return new Answer(NONE, nanos, text, 0, text.length);
  }

  /** The status, or {@link #NONE}; then the body says what happened. */
  public int status() {
    return status;
  }

  /** Is the status 2xx? */
  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /** From before the request was sent until its answer was read whole. */
  public long nanos() {
    return nanos;
  }

  public int bodyBytes() {
    return bodyEnd - headEnd;
  }

  public String body() {
    return new String(buffer, headEnd, bodyEnd - headEnd, StandardCharsets.UTF_8);
  }

  /**
   * The value of a header.
   *
   * @param name in any case
   */
  public Optional<String> header(String name) {
    String head = new String(buffer, 0, headEnd, StandardCharsets.ISO_8859_1);
    String wanted = "\r\n" + name.toLowerCase(Locale.ROOT) + ":";
    int at = head.toLowerCase(Locale.ROOT).indexOf(wanted);
    if (at < 0) {
      return Optional.empty();
    }
    int start = at + wanted.length();
    return Optional.of(head.substring(start, head.indexOf("\r\n", start)).strip());
  }
}
