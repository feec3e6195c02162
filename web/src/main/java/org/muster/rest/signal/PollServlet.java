package org.muster.rest.signal;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.muster.feed.FeedAccess;
import org.muster.feed.Streams;
import org.muster.receiver.ReceiverId;
import org.muster.rest.error.Failure;
import org.muster.rest.error.Failures;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.JsonBody;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.Methods;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.signal.stream.PollAnswer;
import org.muster.signal.stream.PollRequest;
import org.muster.signal.stream.Polling;
import org.muster.storage.StorageKey;

/**
 * Where receivers fetch security event tokens (RFC 8936 section 2). A servlet of its own, since who
 * waits must not keep a thread of the listener. Whatever is thrown is answered by the filter in
 * front of it. Thread-safe.
 */
@WebServlet(name = "poll", urlPatterns = "/events/v1/streams/*", asyncSupported = true)
public class PollServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Methods METHODS = new Methods("POST, OPTIONS");
  private static final Pattern PATH = Pattern.compile("/([^/]+)/poll");

  /** Ten thousand acknowledgements, and as many errors. */
  private static final JsonBody BODIES = new JsonBody(2 << 20);

  @Inject private transient Polling polling;
  @Inject private transient FeedAccess access;
  @Inject private transient Streams streams;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getMethod()) {
      case "POST" -> poll(request, response);
      default -> METHODS.answer(request, response);
    }
  }

  private void poll(HttpServletRequest request, HttpServletResponse response) throws IOException {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    ReceiverId id = stream(request);
    MediaTypes.requireJson(request.getContentType());
    PollRequest asked =
        PollRequest.of(BODIES.read(request.getInputStream(), request.getContentLengthLong()));
    PollAnswer answer = polling.poll(id, asked);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/json");
    response.setCharacterEncoding("UTF-8");
    if (!answer.tokens().isEmpty() || answer.more() || asked.most() == 0 || asked.immediately()) {
      LongPoll.write(response, answer);
      return;
    }
    LongPoll waiting =
        new LongPoll(() -> polling.outstanding(id, asked.most()), polling.patience());
    Streams.Place place = streams.open(id.tenant(), waiting::end).orElseThrow(PollServlet::tooMany);
    waiting.begin(request.startAsync(), place, subscriber -> polling.follow(id, subscriber));
  }

  private ReceiverId stream(HttpServletRequest request) {
    Matcher path = PATH.matcher(Optional.ofNullable(request.getPathInfo()).orElse(""));
    if (!path.matches() || !StorageKey.isId(path.group(1))) {
      throw ScimException.notFound("There is nothing at this path");
    }
    return access.stream(
        Exchange.caller(request),
        QueryParameters.parse(request.getQueryString()).text("tenant"),
        path.group(1));
  }

  private static Failure.Refusal tooMany() {
    return Failures.busy(
        "Too many wait for events already; poll with returnImmediately, or again after 5 s");
  }
}
