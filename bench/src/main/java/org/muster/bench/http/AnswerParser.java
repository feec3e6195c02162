package org.muster.bench.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads one answer after the other from the bytes of a connection (RFC 9112); without pipelining,
 * so that bytes after an answer are an error. A chunked body is joined in place.
 */
final class AnswerParser {
  private static final int FIRST_BYTES = 16 * 1024;
  private static final int MOST_BYTES = 512 * 1024 * 1024;

  private byte[] buffer = new byte[FIRST_BYTES];
  private int filled;
  private int headEnd;
  private int bodyEnd;
  private int status;
  private int length;
  private boolean chunked;
  private int chunkAt;
  private boolean keepAlive;

  /** Forgets the last answer. */
  void reset() {
    filled = 0;
    headEnd = 0;
  }

  boolean empty() {
    return filled == 0;
  }

  boolean keepAlive() {
    return keepAlive;
  }

  /**
   * Takes what has arrived.
   *
   * @return whether the answer is whole
   * @throws MalformedAnswerException if this isn't HTTP
   */
  boolean take(ByteBuffer arrived) throws MalformedAnswerException {
    int count = arrived.remaining();
    if (filled + count > buffer.length) {
      grow(filled + count);
    }
    arrived.get(buffer, filled, count);
    filled += count;
    if (headEnd == 0 && !head()) {
      return false;
    }
    return chunked ? joinChunks() : counted();
  }

  Answer answer(long nanos) {
    return new Answer(status, nanos, buffer, headEnd, bodyEnd);
  }

  private void grow(int needed) throws MalformedAnswerException {
    if (needed > MOST_BYTES) {
      throw new MalformedAnswerException("more than " + MOST_BYTES + " bytes");
    }
    buffer = Arrays.copyOf(buffer, Math.max(needed, Math.min(MOST_BYTES, buffer.length * 2)));
  }

  private boolean counted() throws MalformedAnswerException {
    bodyEnd = headEnd + length;
    if (filled > bodyEnd) {
      throw new MalformedAnswerException("more bytes than Content-Length says");
    }
    return filled == bodyEnd;
  }

  private boolean head() throws MalformedAnswerException {
    int end = -1;
    for (int i = 0; i + 3 < filled && end < 0; i++) {
      if (buffer[i] == '\r'
          && buffer[i + 1] == '\n'
          && buffer[i + 2] == '\r'
          && buffer[i + 3] == '\n') {
        end = i + 4;
      }
    }
    if (end < 0) {
      return false;
    }
    headEnd = end;
    bodyEnd = end;
    chunkAt = end;
    statusLine();
    fields();
    return true;
  }

  private void statusLine() throws MalformedAnswerException {
    if (headEnd < 14 || !matches(0, "http/1.") || buffer[8] != ' ') {
      throw new MalformedAnswerException("no status line");
    }
    status = 0;
    for (int i = 9; i < 12; i++) {
      if (buffer[i] < '0' || buffer[i] > '9') {
        throw new MalformedAnswerException("no status");
      }
      status = status * 10 + buffer[i] - '0';
    }
    keepAlive = buffer[7] != '0';
  }

  private void fields() throws MalformedAnswerException {
    length = -1;
    chunked = false;
    int line = nextLine(0);
    while (line < headEnd - 2) {
      if (matches(line, "content-length:")) {
        length = number(line + "content-length:".length());
      } else if (matches(line, "transfer-encoding:")) {
        chunked = contains(line, "chunked");
      } else if (matches(line, "connection:")) {
        keepAlive = !contains(line, "close");
      }
      line = nextLine(line);
    }
    if (status == 204 || status == 304) {
      chunked = false;
      length = 0;
    } else if (!chunked && length < 0) {
      throw new MalformedAnswerException("neither Content-Length nor chunks");
    }
  }

  private int number(int from) throws MalformedAnswerException {
    int at = from;
    while (buffer[at] == ' ') {
      at++;
    }
    long number = 0;
    while (buffer[at] >= '0' && buffer[at] <= '9' && number < MOST_BYTES) {
      number = number * 10 + buffer[at++] - '0';
    }
    if (buffer[at] != '\r' && buffer[at] != ' ') {
      throw new MalformedAnswerException("a length that is no number, or too large");
    }
    return (int) number;
  }

  /** Joins the chunks that are here whole; true after the last one and its trailer. */
  private boolean joinChunks() throws MalformedAnswerException {
    while (true) {
      int dataAt = lineEnd(chunkAt);
      if (dataAt < 0) {
        return false;
      }
      int size = chunkSize(chunkAt);
      if (size == 0) {
        return trailerEnds(dataAt);
      }
      if (filled < dataAt + size + 2) {
        return false;
      }
      System.arraycopy(buffer, dataAt, buffer, bodyEnd, size);
      bodyEnd += size;
      chunkAt = dataAt + size + 2;
    }
  }

  private boolean trailerEnds(int from) {
    int line = from;
    int next = lineEnd(line);
    while (next >= 0 && next - line > 2) {
      line = next;
      next = lineEnd(line);
    }
    return next >= 0;
  }

  private int chunkSize(int from) throws MalformedAnswerException {
    int size = 0;
    int at = from;
    int digit = Character.digit(buffer[at], 16);
    while (digit >= 0 && size <= MOST_BYTES >> 4) {
      size = (size << 4) | digit;
      digit = Character.digit(buffer[++at], 16);
    }
    if (at == from || (buffer[at] != '\r' && buffer[at] != ';' && buffer[at] != ' ')) {
      throw new MalformedAnswerException("a chunk without a size");
    }
    return size;
  }

  /** Where the line after this one begins, or -1 if its end has not arrived. */
  private int lineEnd(int from) {
    for (int i = from; i + 1 < filled; i++) {
      if (buffer[i] == '\r' && buffer[i + 1] == '\n') {
        return i + 2;
      }
    }
    return -1;
  }

  private int nextLine(int from) {
    int at = from;
    while (buffer[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  private boolean contains(int line, String lowerCase) {
    for (int i = line; buffer[i] != '\n'; i++) {
      if (matches(i, lowerCase)) {
        return true;
      }
    }
    return false;
  }

  private boolean matches(int from, String lowerCase) {
    if (from + lowerCase.length() > filled) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      int lower = buffer[from + i];
      if (lower >= 'A' && lower <= 'Z') {
        lower += 'a' - 'A';
      }
      if (lower != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
