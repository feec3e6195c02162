package org.muster.rest.caching;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.muster.cache.CacheKey;
import org.muster.cache.Lifetime;
import org.muster.caching.ApplicationCaches;
import org.muster.caching.Content;
import org.muster.caching.Quota;
import org.muster.rest.request.BoundedBody;
import org.muster.rest.request.EntityTags;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Policies;

/** One entry of a cache. Thread-safe. */
final class EntryEndpoint {
  private static final long MILLIS = 1_000;

  private final ApplicationCaches caches;
  private final Policies policies;
  private final Clock clock;

  EntryEndpoint(ApplicationCaches caches, Policies policies, Clock clock) {
    this.caches = caches;
    this.policies = policies;
    this.clock = clock;
  }

  void get(CacheKey key, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Content content = caches.get(key).orElseThrow(EntryEndpoint::nothing);
    response.setHeader("ETag", '"' + content.tag() + '"');
    response.setHeader("Cache-Control", freshness(content));
    response.setHeader("Vary", "Authorization"); // the token says whose entry it is
    response.setHeader("Content-Security-Policy", "sandbox"); // a page of somebody else
    String known = request.getHeader("If-None-Match");
    if (known != null
        && !EntityTags.isModified(EntityTags.parse("If-None-Match", known), content.tag())) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    byte[] bytes = content.bytes();
    response.setContentType(content.type());
    response.setContentLength(bytes.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(bytes);
    }
  }

  /** What is left of its time; without an end, who keeps it has to ask whether it is still so. */
  private String freshness(Content content) {
    if (content.expiresMillis() == Lifetime.NEVER) {
      return "private, no-cache";
    }
    long left = Math.max(0, content.expiresMillis() - clock.millis());
    return "private, max-age=" + left / MILLIS;
  }

  void put(
      CacheKey key,
      QueryParameters parameters,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    PutRequest put = PutRequest.of(request, parameters);
    Quota quota = Quota.of(policies.of(key.space().tenant()).limits());
    byte[] bytes =
        BoundedBody.read(
            request.getInputStream(), request.getContentLengthLong(), quota.valueBytes());
    Content content = caches.content(put.type(), bytes, put.ttl());
    if (!put.ifVacant()) {
      caches.put(key, content, quota);
    } else if (!caches.putIfVacant(key, content, quota)) {
      throw new ScimException(412, "There is an entry under this key already");
    }
    response.setStatus(
        put.ifVacant() ? HttpServletResponse.SC_CREATED : HttpServletResponse.SC_NO_CONTENT);
    response.setHeader("ETag", '"' + content.tag() + '"');
    response.setHeader("Cache-Control", "no-store");
  }

  void delete(CacheKey key, HttpServletRequest request, HttpServletResponse response) {
    if (Optional.ofNullable(request.getHeader("If-Match")).isPresent()) {
      throw new ScimException(400, "Caches don't know If-Match here");
    }
    if (!caches.remove(key)) {
      throw nothing();
    }
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private static ScimException nothing() {
    return ScimException.notFound("There is no entry under this key");
  }
}
