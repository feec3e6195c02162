package org.muster.rest.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.muster.monitor.Monitor;
import org.muster.operations.ConnectionPool;
import org.muster.rest.admin.JsonAnswer;
import org.muster.rest.exchange.Exchange;
import org.muster.security.Reach;

/** What the performance monitor has seen, for administrators of the platform. Thread-safe. */
@ApplicationScoped
@Path("storage/v1/metrics")
public class MetricsEndpoint {
  @Inject private Monitor monitor;
  @Inject private ConnectionPool pool;

  /** The figures of this node. */
  @GET
  public Response get(@Context HttpServletRequest request) {
    Reach.requirePlatform(Exchange.caller(request));
    return JsonAnswer.of(Response.ok(), MonitorJson.of(monitor.snapshot(), pool.figures()));
  }
}
