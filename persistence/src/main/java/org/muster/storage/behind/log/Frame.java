package org.muster.storage.behind.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What lies in a file of the log: a mark, the length and the CRC32C of what follows, a kind, a
 * number, a payload.
 */
final class Frame {
  /** Of what follows the sum; a document has 1 MiB, and what it is searched by some more. */
  static final int MOST_BYTES = 16 << 20;

  static final int HEADER = 4 + 4 + 4;
  private static final int BODY = 1 + 8;
  private static final int MARK = 0x4D577F01;
  private final Kind kind;
  private final long number;
  private final byte[] payload;

  Frame(Kind kind, long number, byte[] payload) {
    this.kind = kind;
    this.number = number;
    this.payload = payload;
  }

  /** What it says of the entry of that number. */
  enum Kind {
    ENTRY(1),
    /** It is done with: written, or kept elsewhere. */
    DONE(2);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    static Optional<Kind> of(byte code) {
      return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }
  }

  Kind kind() {
    return kind;
  }

  long number() {
    return number;
  }

  byte[] payload() {
    return payload;
  }

  static Frame done(long number) {
    return new Frame(Kind.DONE, number, new byte[0]);
  }

  /** That these are done with. */
  static byte[] done(Collection<Long> numbers) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    numbers.forEach(number -> frames.writeBytes(done(number).bytes()));
    return frames.toByteArray();
  }

  int size() {
    return HEADER + BODY + payload.length;
  }

  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(size());
    bytes.putInt(MARK).putInt(BODY + payload.length).putInt(0);
    bytes.put(kind.code).putLong(number).put(payload);
    bytes.putInt(8, sum(bytes.array(), HEADER, BODY + payload.length));
    return bytes.array();
  }

  /** The one that begins there; empty if none does that is as it was written. */
  static Optional<Frame> at(byte[] bytes, int start) {
    int body = bodyLength(bytes, start);
    if (body < BODY || body > MOST_BYTES || body > bytes.length - start - HEADER) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.getInt(start + 8) != sum(bytes, start + HEADER, body)) {
      return Optional.empty();
    }
    byte[] payload = new byte[body - BODY];
    buffer.get(start + HEADER + BODY, payload);
    long number = buffer.getLong(start + HEADER + 1);
    return Kind.of(bytes[start + HEADER]).map(kind -> new Frame(kind, number, payload));
  }

  /** Whether one begins there of which the end is missing. */
  static boolean isTorn(byte[] bytes, int start) {
    if (bytes.length - start < HEADER) {
      return true;
    }
    int body = bodyLength(bytes, start);
    return body >= BODY && body <= MOST_BYTES && body > bytes.length - start - HEADER;
  }

  /** Where the next one may begin; the end if nowhere. */
  static int next(byte[] bytes, int from) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int i = from; i <= bytes.length - HEADER; i++) {
      if (buffer.getInt(i) == MARK) {
        return i;
      }
    }
    return bytes.length;
  }

  private static int bodyLength(byte[] bytes, int start) {
    if (bytes.length - start < HEADER) {
      return -1;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return buffer.getInt(start) == MARK ? buffer.getInt(start + 4) : -1;
  }

  private static int sum(byte[] bytes, int start, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, start, length);
    return (int) sum.getValue();
  }
}
