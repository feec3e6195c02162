package org.muster.rest.request;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.muster.rest.error.Failure;

/** Reads a body of any bytes, up to a bound. */
public final class BoundedBody {
  private BoundedBody() {}

  /**
   * The bytes.
   *
   * @param length what Content-Length says; negative if unknown
   * @throws Failure.Refusal 413; the rest of the body is not read; 400 if it does not arrive
   */
  public static byte[] read(InputStream in, long length, int bytesMost) {
    if (length > bytesMost) {
      throw tooLarge(bytesMost);
    }
    byte[] bytes = received(in, length >= 0 ? (int) length + 1 : bytesMost + 1);
    if (bytes.length > bytesMost) {
      throw tooLarge(bytesMost);
    }
    return bytes;
  }

  private static byte[] received(InputStream in, int most) {
    try {
      return in.readNBytes(most);
    } catch (IOException e) {
      throw new Failure.Refusal(new Failure(400, "The body did not arrive to its end"));
    }
  }

  private static Failure.Refusal tooLarge(int bytesMost) {
    // The connection is not kept: its rest is the body that nobody is going to read.
    return new Failure.Refusal(
        new Failure(
            413,
            Optional.empty(),
            "The body is larger than " + bytesMost + " bytes, which is the limit here",
            Map.of("Connection", "close")));
  }
}
