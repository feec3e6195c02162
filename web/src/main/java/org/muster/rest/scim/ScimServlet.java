package org.muster.rest.scim;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.muster.rest.error.Failure;
import org.muster.rest.error.Failures;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.exchange.Target;
import org.muster.scim.ScimException;

/**
 * The SCIM interface (RFC 7644 section 3): finds what a path stands for and has it answer. A
 * servlet of its own, since resource types are data, and their paths are known at run time only.
 * Whatever is thrown is answered by the filter in front of it. Thread-safe.
 */
@WebServlet(
    name = "scim",
    urlPatterns = {"/scim/*", "/t/*"})
public class ScimServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String VERSION_2 = "/scim/v2";

  @Inject private transient ResourcesEndpoint resources;
  @Inject private transient DiscoveryEndpoint discovery;
  @Inject private transient RootEndpoint root;
  @Inject private transient BulkEndpoint bulk;
  @Inject private transient MeEndpoint me;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Method method = Method.of(request.getMethod());
    Route route = route(request);
    if (method == Method.OPTIONS) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      response.setHeader("Allow", route.allowed());
      return;
    }
    if (!route.allows(method)) {
      throw notAllowed(route);
    }
    route.answer(method, request).send(request, response);
  }

  private Route route(HttpServletRequest request) {
    Exchange exchange = Exchange.find(request);
    Target target = exchange == null ? null : exchange.target();
    if (target == null || !target.base().endsWith(VERSION_2)) {
      throw ScimException.notFound("There is nothing at this path; SCIM 2.0 is at " + VERSION_2);
    }
    List<String> path = Segments.of(target.rest());
    return root.route(path)
        .or(() -> discovery.route(path))
        .or(() -> bulk.route(path))
        .or(() -> me.route(Exchange.context(request), path))
        .or(() -> resources.route(Exchange.context(request), path))
        .orElseThrow(() -> ScimException.notFound("There is nothing at this path"));
  }

  private static Failure.Refusal notAllowed(Route route) {
    String allowed = route.allowed();
    return new Failure.Refusal(
        new Failure(
            405,
            Optional.empty(),
            Failures.ofStatus(405).detail() + "; what is: " + allowed,
            Map.of("Allow", allowed)));
  }
}
