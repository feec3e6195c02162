package org.muster.rest.bench;

import java.nio.charset.StandardCharsets;

/** A JSON object of 1 KB. */
final class Constant {
  private static final int BYTES = 1024;
  private static final String START = "{\"constant\":\"";
  private static final String END = "\"}";

  private Constant() {}

  static byte[] json() {
    return (START + "x".repeat(BYTES - START.length() - END.length()) + END)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
