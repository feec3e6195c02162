package org.muster.scim.bulk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.muster.scim.ScimException;

/** A body that is 413 when more of it arrives than is allowed. */
final class LimitedStream extends FilterInputStream {
  private final long most;
  private long left;

  LimitedStream(InputStream in, long most) {
    super(in);
    this.most = most;
    this.left = most;
  }

  static ScimException tooLarge(long most) {
    return ScimException.tooLarge(
        "The bulk request is larger than " + most + " bytes (maxPayloadSize); send several");
  }

  /** Reads what is left of the body, so that its connection can be used again. */
  void drain() {
    byte[] some = new byte[8 * 1024];
    try {
      while (read(some, 0, some.length) >= 0) {
        // nobody wants it
      }
    } catch (IOException | ScimException e) {
      // then the connection is of no more use
    }
  }

  @Override
  public int read() throws IOException {
    int octet = in.read();
    if (octet >= 0) {
      count(1);
    }
    return octet;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      count(count);
    }
    return count;
  }

  private void count(int bytes) {
    left -= bytes;
    if (left < 0) {
      throw tooLarge(most);
    }
  }
}
