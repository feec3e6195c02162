package org.muster.rest.listener;

import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.ByteChunk;
import org.glassfish.grizzly.http.util.DataChunk;
import org.glassfish.grizzly.http.util.MimeHeaders;
import org.jspecify.annotations.Nullable;
import org.muster.rest.error.Failure;
import org.muster.rest.error.Failures;

/** Which requests the server shall not try to serve; runs on each one, so it allocates nothing. */
final class RequestCheck {
  private static final Rule PATH = Syntax::path;
  private static final Rule QUERY = Syntax::query;
  private static final Rule HOST = Syntax::host;

  /** One of the methods of {@link Syntax}. */
  private interface Rule {
    @Nullable String complaint(byte[] bytes, int start, int end);
  }

  private RequestCheck() {}

  /** Why a request is refused; null if it is not. */
  static @Nullable Failure refusal(HttpRequestPacket request) {
    Protocol protocol = request.getProtocol();
    if (protocol != Protocol.HTTP_1_1 && protocol != Protocol.HTTP_1_0) {
      return Failures.ofStatus(505);
    }
    String complaint = complaint(request.getRequestURIRef().getRequestURIBC(), PATH);
    if (complaint == null) {
      complaint = complaint(request.getQueryStringDC(), QUERY);
    }
    if (complaint != null) {
      return new Failure(400, complaint);
    }
    return ofHeaders(request.getHeaders());
  }

  private static @Nullable Failure ofHeaders(MimeHeaders headers) {
    int hosts = 0;
    int encodings = 0;
    for (int i = 0; i < headers.size(); i++) {
      DataChunk name = headers.getName(i);
      switch (name.getLength()) {
        case 0 -> {
          return Failures.ofStatus(400);
        }
        case 4 -> {
          if (name.equalsIgnoreCase("host")
              && (++hosts > 1 || complaint(headers.getValue(i), HOST) != null)) {
            return new Failure(400, Syntax.NOT_A_HOST);
          }
        }
        case 6 -> {
          if (name.equalsIgnoreCase("expect")
              && !headers.getValue(i).equalsIgnoreCase("100-continue")) {
            return Failures.ofStatus(417);
          }
        }
        case 17 -> {
          // The server would take the body of any other for the next request.
          if (name.equalsIgnoreCase("transfer-encoding")
              && (++encodings > 1 || !headers.getValue(i).equalsIgnoreCase("chunked"))) {
            return new Failure(501, "The only transfer coding that is known here is chunked");
          }
        }
        default -> {}
      }
    }
    return null;
  }

  private static @Nullable String complaint(DataChunk text, Rule rule) {
    if (text.getType() == DataChunk.Type.Bytes) {
      ByteChunk bytes = text.getByteChunk();
      return rule.complaint(bytes.getBuffer(), bytes.getStart(), bytes.getEnd());
    }
    if (text.isNull()) {
      return rule.complaint(new byte[0], 0, 0);
    }
    // It came in several pieces.
    byte[] copy = text.toString(StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
    return rule.complaint(copy, 0, copy.length);
  }
}
