package org.muster.rest.request;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.muster.config.Settings;
import org.muster.kernel.Origin;
import org.muster.monitor.CurrentRequest;
import org.muster.monitor.trace.RequestSpan;
import org.muster.monitor.trace.Tracing;
import org.muster.rest.error.ErrorBody;
import org.muster.rest.error.Failure;
import org.muster.rest.error.Failures;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.exchange.RequestId;
import org.muster.rest.exchange.Target;
import org.muster.rest.exchange.Target.Area;
import org.muster.scim.resource.RequestContext;
import org.muster.scim.schema.ResourceTypes;
import org.muster.security.Authenticator;
import org.muster.security.Caller;
import org.muster.security.FailedAttempts;
import org.muster.security.jwt.JwtAuthenticator;
import org.muster.tenant.TenantDirectory;
import org.muster.tenant.TenantRates;

/**
 * The one way in: names each request, authenticates and authorises it, times it, and answers what
 * fails before or outside of JAX-RS.
 */
@SuppressWarnings("NullAway.Init") // init() is called before any request
@WebFilter(filterName = "access", urlPatterns = "/*", asyncSupported = true)
public class AccessFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger(AccessFilter.class.getName());

  @Inject private transient Authenticator authenticator;
  @Inject private transient MetricRegistry registry;
  @Inject private transient Settings settings;
  @Inject private transient JwtAuthenticator jwts;
  @Inject private transient TenantDirectory tenants;
  @Inject private transient TenantRates rates;
  @Inject private transient FailedAttempts attempts;
  @Inject private transient ResourceTypes types;
  @Inject private transient Tracing tracing;

  private transient Gate gate;
  private transient Access access;
  private transient ClientAddress addresses;
  private transient RequestMetrics metrics;
  private transient BaseUrl baseUrl;

  @Override
  public void init(FilterConfig config) {
    gate = new Gate(tenants, rates, attempts, registry);
    access = new Access(this::bearer, gate::enter);
    addresses = new ClientAddress(settings);
    metrics = new RequestMetrics(registry);
    baseUrl = new BaseUrl(settings);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException {
    long start = System.nanoTime();
    String id = RequestId.of(request.getHeader(RequestId.HEADER));
    Target target = Target.of(request.getRequestURI());
    Operation operation = Operation.of(target, request.getMethod());
    mark(response, id);
    CurrentRequest.begin(id);
    try (RequestSpan span = tracing.begin(operation.label(), request::getHeader)) {
      span.about(request.getMethod(), id);
      serve(request, response, chain, id, target);
      tell(span, request, response);
    } finally {
      CurrentRequest.end();
      metrics.record(operation, response.getStatus(), System.nanoTime() - start);
    }
  }

  private static void tell(
      RequestSpan span, HttpServletRequest request, HttpServletResponse response) {
    Exchange exchange = Exchange.find(request);
    if (exchange != null && exchange.caller().isPresent()) {
      span.of(exchange.caller().get().tenant());
    }
    span.answered(response.getStatus());
  }

  private void serve(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      String id,
      Target target)
      throws ServletException {
    try {
      enter(request, response, chain, id, target);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, () -> "The client of request " + id + " has gone: " + e);
      // Should it not have, it must not take silence for success.
      response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  private void enter(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      String id,
      Target target)
      throws IOException, ServletException {
    // A failure before this line leaves a request that the resources refuse.
    new Exchange(id, target, Optional.empty(), Optional.empty(), Optional.empty()).attach(request);
    try {
      Optional<Caller> caller = admit(request, response, target);
      Optional<Origin> origin = caller.map(who -> origin(request, id, who));
      Optional<RequestContext> context = context(request, target, caller);
      new Exchange(
              id,
              target,
              caller,
              origin,
              context.map(served -> origin.map(served::from).orElse(served)))
          .attach(request);
      chain.doFilter(request, response);
      if (isBare(response)) {
        mark(response, id);
        ErrorBody.send(response, Failures.ofStatus(response.getStatus()), target.area(), id);
      }
    } catch (RuntimeException | ServletException e) {
      if (!response.isCommitted()) {
        response.resetBuffer();
        ErrorBody.send(response, Failures.of(e, id), target.area(), id);
      } else if (!(e instanceof Failure.Refusal)) { // else the listener has refused the body
        throw e;
      }
    }
  }

  private Optional<Caller> admit(
      HttpServletRequest request, HttpServletResponse response, Target target) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null && target.area() != Area.OPEN && gate.isWatchful()) {
      gate.requirePatience(addresses.of(request));
    }
    try {
      return access.admit(
          target,
          request.getMethod(),
          authorization,
          who -> locate(request, response, target, who));
    } catch (Failure.Refusal e) {
      if (authorization != null && e.failure().status() == 401) {
        gate.noteFailure(addresses.of(request));
      }
      throw e;
    }
  }

  /** Of what /Me stands for, every answer tells the permanent location, an error too. */
  private void locate(
      HttpServletRequest request, HttpServletResponse response, Target target, Caller caller) {
    if (MeLocation.isMe(target)) {
      MeLocation.of(caller, baseUrl.of(request) + target.base(), types)
          .ifPresent(location -> response.setHeader("Location", location));
    }
  }

  private Optional<Caller> bearer(String secret) {
    return JwtAuthenticator.hasForm(secret)
        ? jwts.authenticate(secret).or(() -> authenticator.authenticate(secret))
        : authenticator.authenticate(secret);
  }

  private static void mark(HttpServletResponse response, String id) {
    response.setHeader(RequestId.HEADER, id);
    response.setHeader("X-Content-Type-Options", "nosniff");
  }

  /** Whether it is an error without a word: so JAX-RS refuses a URL or a header it can't parse. */
  private static boolean isBare(HttpServletResponse response) {
    return response.getStatus() >= 400
        && !response.isCommitted()
        && response.getContentType() == null;
  }

  private Optional<RequestContext> context(
      HttpServletRequest request, Target target, Optional<Caller> caller) {
    if (target.area() != Area.SCIM) {
      return Optional.empty();
    }
    Caller who = caller.orElse(Access.ANYBODY);
    return Optional.of(
        new RequestContext(
            who.tenant(), who, baseUrl.of(request) + target.base(), tenants.of(who.tenant())));
  }

  /** Who did it is the subject that the credential stands for, if any, by means of it. */
  private Origin origin(HttpServletRequest request, String id, Caller caller) {
    return new Origin(
        caller.subject().orElse(caller.id()),
        Optional.of(caller.id()),
        Optional.ofNullable(request.getHeader("User-Agent")),
        Optional.of(id),
        Optional.of(addresses.of(request)));
  }
}
