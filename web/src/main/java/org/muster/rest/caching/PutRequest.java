package org.muster.rest.caching;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.muster.rest.error.Failure;
import org.muster.rest.request.EntityTags;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Condition;

/**
 * How a value is to be put.
 *
 * @param type its media type
 * @param ttl its time to live, if the request has one
 * @param ifVacant whether it is to be put only if nothing is there
 */
record PutRequest(String type, Optional<Duration> ttl, boolean ifVacant) {
  private static final String USUAL_TYPE = "application/octet-stream";
  private static final int TYPE_MOST = 255;
  private static final long TTL_MOST = 31_536_000;
  private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

  /** RFC 9110 section 8.3.1; parameters are whatever is printable. */
  private static final Pattern TYPE =
      Pattern.compile(TOKEN + "/" + TOKEN + "[ \\t]*(?:;[\\x20-\\x7e\\t]*)?");

  /** Reads a request; 400 or 415 if it makes no sense. */
  static PutRequest of(HttpServletRequest request, QueryParameters parameters) {
    if (request.getHeader("Content-Encoding") != null) {
      throw new Failure.Refusal(
          new Failure(415, "A Content-Encoding is not kept; send the value as it is"));
    }
    refuse(request, "Content-Range");
    refuse(request, "If-Match");
    return new PutRequest(
        type(request.getContentType()), ttl(parameters), ifVacant(request.getHeader(NONE_MATCH)));
  }

  private static final String NONE_MATCH = "If-None-Match";

  private static void refuse(HttpServletRequest request, String header) {
    if (request.getHeader(header) != null) {
      throw new ScimException(400, "Caches don't know " + header + " here");
    }
  }

  private static boolean ifVacant(@Nullable String header) {
    Condition condition = EntityTags.parse(NONE_MATCH, header);
    if (condition instanceof Condition.Tags) {
      throw new ScimException(400, "With PUT, If-None-Match can only be *");
    }
    return condition instanceof Condition.Star;
  }

  private static String type(@Nullable String header) {
    if (header == null || header.isEmpty()) {
      return USUAL_TYPE;
    }
    if (header.length() > TYPE_MOST || !TYPE.matcher(header).matches()) {
      throw new ScimException(400, "The Content-Type is no media type of up to 255 characters");
    }
    return header;
  }

  private static Optional<Duration> ttl(QueryParameters parameters) {
    Optional<String> text = parameters.text("ttl");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    long seconds = text.get().matches("[0-9]{1,9}") ? Long.parseLong(text.get()) : 0;
    if (seconds < 1 || seconds > TTL_MOST) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          "ttl must be a whole number of seconds from 1 to " + TTL_MOST);
    }
    return Optional.of(Duration.ofSeconds(seconds));
  }
}
