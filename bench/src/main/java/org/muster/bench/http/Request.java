package org.muster.bench.http;

/** One HTTP request, ready to send. */
public final class Request {
  private final byte[] bytes;

  Request(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }
}
