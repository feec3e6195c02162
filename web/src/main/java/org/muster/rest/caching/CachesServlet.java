package org.muster.rest.caching;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.muster.cache.CacheSpace;
import org.muster.cache.KeyQuery;
import org.muster.caching.ApplicationCaches;
import org.muster.feed.FeedAccess;
import org.muster.kernel.TenantId;
import org.muster.rest.admin.JsonAnswer;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Policies;
import org.muster.security.Scope;
import org.muster.storage.JsonDocument;

/**
 * Caches for applications. A servlet of its own, since a value that is at hand should not cost more
 * than it takes to send it. Whatever is thrown is answered by the filter in front of it.
 * Thread-safe.
 */
@SuppressWarnings("NullAway.Init") // init() is called before any request
@WebServlet(name = "caches", urlPatterns = CachePath.BASE + "/*")
public class CachesServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient ApplicationCaches caches;
  @Inject private transient FeedAccess access;
  @Inject private transient Policies policies;

  private transient EntryEndpoint entries;

  @Override
  public void init() {
    entries = new EntryEndpoint(caches, policies, Clock.systemUTC());
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    CachePath path = path(request);
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    TenantId tenant =
        access.tenant(
            Exchange.caller(request),
            reads ? Scope.CACHES_READ : Scope.CACHES_WRITE,
            parameters.text("tenant"));
    if (!answers(path, tenant, parameters, request, response)) {
      path.kind().methods().answer(request, response);
    }
  }

  /** The container has decoded the path, and may have found another one in it. */
  private static CachePath path(HttpServletRequest request) {
    Exchange exchange = Exchange.find(request);
    return CachePath.of(exchange == null ? "" : exchange.target().rest());
  }

  /** False if the method is not one of those that are answered. */
  private boolean answers(
      CachePath path,
      TenantId tenant,
      QueryParameters parameters,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String method = request.getMethod();
    boolean reads = method.equals("GET") || method.equals("HEAD");
    switch (path.kind()) {
      case CACHES -> {
        return reads && send(CacheJson.caches(caches.spaces(tenant)), request, response);
      }
      case CACHE -> {
        return reads && send(stats(path.space(tenant)), request, response);
      }
      case ENTRIES -> {
        return reads
            ? send(CacheJson.keys(caches.keys(query(path, tenant, parameters))), request, response)
            : method.equals("DELETE") && clear(path.space(tenant), parameters, response);
      }
      case CLEAN_UP -> {
        return method.equals("POST")
            && send(CacheJson.removed(caches.cleanUp(path.space(tenant))), request, response);
      }
      case ENTRY -> {
        return answersEntry(path, tenant, parameters, request, response);
      }
    }
    return false;
  }

  private boolean answersEntry(
      CachePath path,
      TenantId tenant,
      QueryParameters parameters,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    switch (request.getMethod()) {
      case "GET", "HEAD" -> entries.get(path.key(tenant), request, response);
      case "PUT" -> entries.put(path.key(tenant), parameters, request, response);
      case "DELETE" -> entries.delete(path.key(tenant), request, response);
      default -> {
        return false;
      }
    }
    return true;
  }

  private ObjectNode stats(CacheSpace space) {
    return CacheJson.stats(space, caches.levels(), caches.stats(space));
  }

  private boolean clear(
      CacheSpace space, QueryParameters parameters, HttpServletResponse response) {
    if (parameters.text("prefix").isPresent()) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          "DELETE takes no prefix: it removes all entries of the cache");
    }
    caches.clear(space);
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    return true;
  }

  private static KeyQuery query(CachePath path, TenantId tenant, QueryParameters parameters) {
    int limit = JsonAnswer.limit(parameters);
    String prefix = parameters.text("prefix").orElse("");
    String cursor = parameters.text("cursor").orElse("");
    if (!cursor.isEmpty() && !cursor.startsWith(prefix)) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_CURSOR, "The cursor is not of a page with this prefix");
    }
    return new KeyQuery(path.space(tenant), prefix, cursor, limit);
  }

  private static boolean send(
      ObjectNode json, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    byte[] bytes = JsonDocument.of(json).text().getBytes(StandardCharsets.UTF_8);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/json");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
    return true;
  }
}
