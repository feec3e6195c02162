package org.muster.rest.listener;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpBrokenContentException;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpProbe;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.MimeHeaders;
import org.glassfish.grizzly.memory.Buffers;
import org.muster.rest.error.ErrorBody;
import org.muster.rest.error.Failure;
import org.muster.rest.error.Failures;
import org.muster.rest.exchange.RequestId;
import org.muster.rest.exchange.Target;

/**
 * Sees each request as soon as its headers are parsed. What it throws there, the server's codec
 * takes for an error of its own parser: the codec tells {@link #onErrorEvent}, which answers, and
 * closes the connection.
 */
final class RefusingProbe extends HttpProbe.Adapter {
  private static final Logger LOG = System.getLogger(RefusingProbe.class.getName());

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public void onHeaderParseEvent(Connection connection, HttpHeader header, int size) {
    if (header instanceof HttpRequestPacket request) {
      Failure failure = RequestCheck.refusal(request);
      if (failure != null) {
        throw new Failure.Refusal(failure);
      }
    }
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void onErrorEvent(Connection connection, HttpPacket packet, Throwable error) {
    if (packet instanceof HttpRequestPacket request && !request.getResponse().isCommitted()) {
      try {
        answer(connection, request, failure(request, error));
      } catch (RuntimeException e) {
        // The codec still answers, with a bare status.
        LOG.log(Level.WARNING, "A malformed request could not be answered with a body", e);
      }
    }
  }

  private static Failure failure(HttpRequestPacket request, Throwable error) {
    if (error instanceof Failure.Refusal refusal) {
      return refusal.failure();
    }
    if (error instanceof HttpBrokenContentException) {
      return new Failure(400, "The body is not framed as the headers say");
    }
    int status = request.getResponse().getStatus();
    return Failures.ofStatus(status < 400 ? status(error) : status);
  }

  /** The codec tells its limits by exceptions alone. */
  private static int status(Throwable error) {
    if (error instanceof MimeHeaders.MaxHeaderCountExceededException) {
      return 431;
    }
    String message = String.valueOf(error.getMessage());
    if (message.contains("header is too large")) {
      return 431;
    }
    return message.contains("line is too large") ? 414 : 400;
  }

  private static void answer(Connection<?> connection, HttpRequestPacket request, Failure failure) {
    String id = RequestId.of(request.getHeader(RequestId.HEADER));
    ErrorBody error = ErrorBody.of(failure, area(request), id);
    byte[] body = error.bytes();
    HttpResponsePacket response = request.getResponse();
    response.setStatus(failure.status());
    response.setContentType(error.mediaType());
    response.setContentLength(body.length);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(RequestId.HEADER, id);
    asUnderstood(request);
    request.getProcessingState().setKeepAlive(false);
    connection.write(HttpContent.create(response, true, Buffers.wrap(null, body)), null);
    request.getProcessingState().getHttpContext().close();
  }

  /** What the codec needs to encode an answer, where the request does not give it. */
  private static void asUnderstood(HttpRequestPacket request) {
    request.setProtocol(Protocol.HTTP_1_1);
    request.setIgnoreContentModifiers(false);
    if (request.getMethodDC().isNull()) {
      request.setMethod(Method.GET);
    }
  }

  private static Target.Area area(HttpRequestPacket request) {
    String path = request.getRequestURI();
    return path == null || path.isEmpty() ? Target.Area.SCIM : Target.of(path).area();
  }
}
