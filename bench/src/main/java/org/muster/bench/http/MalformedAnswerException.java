package org.muster.bench.http;

import java.io.IOException;

/** What came back is not HTTP/1.1 as this client reads it. */
final class MalformedAnswerException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedAnswerException(String what) {
    super("Malformed answer: " + what);
  }
}
