package org.muster.rest.storage;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.muster.event.EventFilter;
import org.muster.event.Position;
import org.muster.feed.Consumers;
import org.muster.feed.EventJson;
import org.muster.feed.Feed;
import org.muster.feed.FeedAccess;
import org.muster.feed.Streams;
import org.muster.kernel.TenantId;
import org.muster.rest.error.Failure;
import org.muster.rest.error.Failures;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.Methods;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.schema.ResourceTypes;
import org.muster.security.Scope;

/**
 * The change feed of a tenant: pages of JSON, or server-sent events (WHATWG HTML, section 9.2). A
 * servlet of its own, since a stream must not keep a thread of the listener. Whatever is thrown is
 * answered by the filter in front of it. Thread-safe.
 */
@WebServlet(name = "events", urlPatterns = "/storage/v1/events", asyncSupported = true)
public class EventsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Methods METHODS = new Methods("GET, HEAD, OPTIONS");

  @Inject private transient Feed feed;
  @Inject private transient EventJson json;
  @Inject private transient Consumers consumers;
  @Inject private transient FeedAccess access;
  @Inject private transient Streams streams;
  @Inject private transient ResourceTypes types;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getMethod()) {
      case "GET", "HEAD" -> answer(request, response);
      default -> METHODS.answer(request, response);
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String accept = request.getHeader("Accept");
    boolean isStream = MediaTypes.accepts(accept, EventStream.MEDIA_TYPE);
    if (!isStream) {
      MediaTypes.requireAcceptable(accept);
    }
    FeedRequest asked =
        FeedRequest.of(
            QueryParameters.parse(request.getQueryString()),
            isStream ? request.getHeader("Last-Event-ID") : null);
    TenantId tenant = access.tenant(Exchange.caller(request), Scope.STORAGE_READ, asked.tenant());
    asked.collections().forEach(collection -> requireKnown(tenant, collection));
    Position start = start(tenant, asked.start());
    EventFilter filter = Feed.filter(tenant, asked.collections(), asked.types());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Vary", "Accept");
    if (isStream) {
      stream(request, response, tenant, start, filter);
    } else {
      byte[] page =
          json.page(feed.page(start, filter, asked.limit())).getBytes(StandardCharsets.UTF_8);
      response.setContentType("application/json");
      response.setContentLength(page.length);
      response.getOutputStream().write(page);
    }
  }

  private void requireKnown(TenantId tenant, String collection) {
    if (types.byName(tenant, collection).isEmpty()) {
      throw FeedRequest.invalid(
          "collection must be the name of a resource type, for instance User");
    }
  }

  private Position start(TenantId tenant, FeedRequest.Start start) {
    if (start instanceof FeedRequest.Start.At at) {
      return at.position();
    }
    return start instanceof FeedRequest.Start.Of of
        ? consumers.get(tenant, of.consumer()).position()
        : feed.end();
  }

  private void stream(
      HttpServletRequest request,
      HttpServletResponse response,
      TenantId tenant,
      Position start,
      EventFilter filter)
      throws IOException {
    response.setContentType(EventStream.MEDIA_TYPE);
    response.setCharacterEncoding("UTF-8");
    response.setHeader("X-Accel-Buffering", "no"); // a proxy may not wait for more
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    EventStream stream = new EventStream(streams.settings(), json);
    Streams.Place place = streams.open(tenant, stream::end).orElseThrow(this::tooMany);
    stream.begin(
        request.startAsync(), place, start, subscriber -> feed.follow(start, filter, subscriber));
  }

  private Failure.Refusal tooMany() {
    return Failures.busy(
        "There are too many streams of events already; end one, or try again after 5 s");
  }
}
