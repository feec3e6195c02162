package org.muster.rest.scim;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.muster.rest.error.Failure;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.EntityTags;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.Preferences;
import org.muster.scim.ScimException;
import org.muster.scim.bulk.Bulk;
import org.muster.scim.bulk.BulkCall;
import org.muster.scim.bulk.BulkJob;
import org.muster.scim.bulk.BulkResults;
import org.muster.scim.resource.RequestContext;

/**
 * Bulk requests (RFC 7644 section 3.7), also asynchronous ones (RFC 9967 section 2.5.1), whose
 * answer is fetched at {@code /.async/{transaction}}. Thread-safe.
 */
@ApplicationScoped
public class BulkEndpoint {
  private static final String ASYNC = AsyncRequests.STATUS;
  private static final String TRANSACTION = AsyncRequests.TRANSACTION;
  private static final Duration WAIT_MOST = Duration.ofSeconds(30); // of a thread that serves HTTP

  @Inject private Bulk bulk;

  Optional<Route> route(List<String> path) {
    if (path.size() == 1 && path.get(0).equals("Bulk")) {
      return Optional.of(new Route().on(Method.POST, this::post));
    }
    if (path.size() == 2 && path.get(0).equals(ASYNC)) {
      return Optional.of(new Route().on(Method.GET, request -> status(path.get(1), request)));
    }
    return Optional.empty();
  }

  private Answer post(HttpServletRequest request) throws IOException {
    Preferences preferences = Preferences.parse(HeaderValues.joined(request, Preferences.HEADER));
    if (!preferences.respondAsync()) { // else it does not matter (RFC 9967 section 2.5.1.1)
      MediaTypes.requireAcceptable(request.getHeader("Accept"));
    }
    MediaTypes.requireJson(request.getContentType());
    RequestContext context = Exchange.context(request);
    BulkCall call = new BulkCall(context, version -> EntityTags.parse("version", version));
    try {
      return preferences.respondAsync()
          ? submitted(call, preferences.patience(), request)
          : done(call, request);
    } catch (ScimException e) {
      if (e.status() != 413) {
        throw e;
      }
      throw unread(e);
    }
  }

  private Answer done(BulkCall call, HttpServletRequest request) throws IOException {
    BulkResults results = bulk.run(call, request.getInputStream(), request.getContentLengthLong());
    return Answer.of(200).with(results).holding(results);
  }

  /**
   * The answer of a client that does not wait for the end, or not for longer than {@code wait} (RFC
   * 7240 section 4.3): what is done until then is answered as if it had not asked for that.
   */
  private Answer submitted(BulkCall call, Optional<Duration> wait, HttpServletRequest request)
      throws IOException {
    String transaction =
        bulk.submit(call, request.getInputStream(), request.getContentLengthLong());
    if (wait.isPresent()) {
      BulkJob job = bulk.find(call.context(), transaction);
      if (job.await(wait.get().compareTo(WAIT_MOST) < 0 ? wait.get() : WAIT_MOST)) {
        return Answer.of(200)
            .with(job.body())
            .with(TRANSACTION, transaction)
            .with(Preferences.APPLIED, Preferences.WAIT + "=" + wait.get().toSeconds());
      }
    }
    return Answer.of(202)
        .with(TRANSACTION, transaction)
        .with(Preferences.APPLIED, Preferences.RESPOND_ASYNC)
        .with("Location", call.context().baseUrl() + "/" + ASYNC + "/" + transaction);
  }

  private Answer status(String transaction, HttpServletRequest request) {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    BulkJob job = bulk.find(Exchange.context(request), transaction);
    Answer answer =
        job.isDone()
            ? Answer.of(200).with(job.body())
            : Answer.of(202).with(job.body()).with("Retry-After", "1");
    return answer.with(TRANSACTION, job.transaction());
  }

  /** The connection is not kept: its rest is the body that nobody is going to read. */
  private static Failure.Refusal unread(ScimException e) {
    return new Failure.Refusal(
        new Failure(
            e.status(),
            e.type().map(ScimException.Type::keyword),
            String.valueOf(e.getMessage()),
            Map.of("Connection", "close")));
  }
}
