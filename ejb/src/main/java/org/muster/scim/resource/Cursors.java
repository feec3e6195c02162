package org.muster.scim.resource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.muster.scim.ScimException;
import org.muster.storage.Query;

/**
 * Cursors (RFC 9865): a place in the answer to one question, with a check sum over both, so that a
 * cursor of another tenant, another filter or another order is refused. A cursor holds nothing that
 * its reader may not see, and gives no right: what it leads to is asked for as the caller.
 */
final class Cursors {
  private static final byte FORMAT = 1;
  private static final int SUM_BYTES = 12;
  private static final int MAX_LENGTH = 8_192;

  /** Writes a place. */
  @FunctionalInterface
  interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads what a {@link Writer} wrote. */
  @FunctionalInterface
  interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private Cursors() {}

  /** What the question is: its parts, told apart whatever they hold. */
  static String question(String... parts) {
    StringBuilder question = new StringBuilder();
    for (String part : parts) {
      question.append(part.length()).append(':').append(part);
    }
    return question.toString();
  }

  static String encode(String question, Writer place) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      place.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory can always be written", e);
    }
    byte[] body = bytes.toByteArray();
    byte[] whole = Arrays.copyOf(sum(question, body), SUM_BYTES + body.length);
    System.arraycopy(body, 0, whole, SUM_BYTES, body.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /** The place that {@link #encode} wrote for the same question, else 400 invalidCursor. */
  static <T> T decode(String question, String cursor, Reader<T> reader) {
    if (cursor.length() > MAX_LENGTH) {
      throw invalid();
    }
    byte[] whole;
    try {
      whole = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    if (whole.length <= SUM_BYTES) {
      throw invalid();
    }
    byte[] body = Arrays.copyOfRange(whole, SUM_BYTES, whole.length);
    byte[] sum = Arrays.copyOf(whole, SUM_BYTES);
    if (!Arrays.equals(sum, Arrays.copyOf(sum(question, body), SUM_BYTES))) {
      throw invalid();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
      if (in.readByte() != FORMAT) {
        throw invalid();
      }
      return reader.read(in);
    } catch (IOException | IllegalArgumentException e) {
      throw invalid();
    }
  }

  /** Refuses a place that nothing can be at: cursors that a client has made come to that. */
  static void requirePlace(Query.Order order, Query.Position place) {
    if (!order.hasPlace(place)) {
      throw invalid();
    }
  }

  private static byte[] sum(String question, byte[] body) {
    MessageDigest digest = EntityTags.sha256();
    digest.update(question.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return digest.digest(body);
  }

  private static ScimException invalid() {
    return ScimException.badRequest(
        ScimException.Type.INVALID_CURSOR,
        "The cursor is not one that was given for this query; start again with an empty cursor");
  }
}
