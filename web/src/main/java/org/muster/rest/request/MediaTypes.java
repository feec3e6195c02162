package org.muster.rest.request;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.muster.rest.error.Failure;

/** Which bodies are read and which answers are wanted (RFC 7644 section 3.8). */
public final class MediaTypes {
  private static final Set<String> READ = Set.of("application/scim+json", "application/json");
  private static final Set<String> SENT =
      Set.of("application/scim+json", "application/json", "application/*", "*/*");

  private MediaTypes() {}

  /** Refuses, with 415, a body that is no JSON; any charset parameter is fine, JSON is UTF-8. */
  public static void requireJson(@Nullable String contentType) {
    if (contentType == null || !READ.contains(essence(contentType))) {
      throw new Failure.Refusal(
          new Failure(
              415, "The body must be of Content-Type application/scim+json or application/json"));
    }
  }

  /** Refuses, with 415, a body that is no merge patch (RFC 7396). */
  public static void requireMergePatch(@Nullable String contentType) {
    if (contentType == null || !essence(contentType).equals("application/merge-patch+json")) {
      requireJson(contentType);
    }
  }

  /** Refuses, with 406, a client that does not take JSON. */
  public static void requireAcceptable(@Nullable String accept) {
    if (accept == null || accept.isBlank() || SENT.contains(accept)) {
      return;
    }
    for (String range : accept.split(",", -1)) {
      if (SENT.contains(essence(range)) && !isExcluded(range)) {
        return;
      }
    }
    throw new Failure.Refusal(
        new Failure(
            406, "The answer is application/scim+json, which the Accept header does not allow"));
  }

  /** Whether a client names a media type among those that it takes; a wildcard does not. */
  public static boolean accepts(@Nullable String accept, String mediaType) {
    if (accept == null) {
      return false;
    }
    for (String range : accept.split(",", -1)) {
      if (essence(range).equals(mediaType) && !isExcluded(range)) {
        return true;
      }
    }
    return false;
  }

  private static String essence(String mediaType) {
    int parameters = mediaType.indexOf(';');
    return (parameters < 0 ? mediaType : mediaType.substring(0, parameters))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static boolean isExcluded(String range) {
    for (String parameter : range.split(";", -1)) {
      String plain = parameter.strip().toLowerCase(Locale.ROOT);
      if (plain.matches("q *= *0(\\.0{0,3})?")) {
        return true;
      }
    }
    return false;
  }
}
