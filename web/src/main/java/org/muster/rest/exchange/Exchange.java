package org.muster.rest.exchange;

import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.Origin;
import org.muster.scim.ScimException;
import org.muster.scim.resource.RequestContext;
import org.muster.security.Caller;

/**
 * What the filter found out about a request; carried by it as an attribute.
 *
 * @param id names the request in the log and in X-Request-Id
 * @param caller who calls; empty if the target is open
 * @param origin where what the request changes comes from; empty as the caller is
 * @param context for whom and where a SCIM request is served; empty for all others
 */
public record Exchange(
    String id,
    Target target,
    Optional<Caller> caller,
    Optional<Origin> origin,
    Optional<RequestContext> context) {
  private static final String ATTRIBUTE = Exchange.class.getName();

  /** The exchange of a request; null before the filter has seen it. */
  public static @Nullable Exchange find(ServletRequest request) {
    return (Exchange) request.getAttribute(ATTRIBUTE);
  }

  /** The context of an authorised SCIM request. */
  public static RequestContext context(ServletRequest request) {
    Exchange exchange = find(request);
    if (exchange == null || exchange.context.isEmpty()) {
      // Only a path that the filter and the container read differently leads here.
      throw ScimException.notFound("There is nothing at this path");
    }
    return exchange.context.get();
  }

  /** Who makes an authenticated request. */
  public static Caller caller(ServletRequest request) {
    Exchange exchange = find(request);
    if (exchange == null || exchange.caller.isEmpty()) {
      throw ScimException.notFound("There is nothing at this path");
    }
    return exchange.caller.get();
  }

  /** Where an authenticated request of an administrator comes from, for the record. */
  public static Origin origin(ServletRequest request) {
    Exchange exchange = find(request);
    if (exchange == null || exchange.origin.isEmpty()) {
      throw ScimException.notFound("There is nothing at this path");
    }
    return exchange.origin.get();
  }

  /** Attaches it to its request. */
  public void attach(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }
}
