package org.muster.rest.request;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.muster.rest.exchange.Target;
import org.muster.scim.resource.Resources;
import org.muster.scim.schema.ResourceTypes;
import org.muster.security.Caller;

/**
 * Where the user that {@code /Me} stands for is permanently, which every answer has to say (RFC
 * 7644 section 3.11).
 */
public final class MeLocation {
  private static final String VERSION_2 = "/scim/v2";
  private static final String ME = "Me";
  private static final String USER = "User";

  private MeLocation() {}

  /** Whether a request is for {@code /Me}, however that is spelled. */
  static boolean isMe(Target target) {
    String[] segments = target.rest().split("/", 3);
    return target.base().endsWith(VERSION_2)
        && segments.length > 1
        && decoded(segments[1]).equals(ME);
  }

  /** The user's URL; empty if the credential belongs to no user, or to one that can't be. */
  static Optional<String> of(Caller caller, String baseUrl, ResourceTypes types) {
    return caller
        .subject()
        .flatMap(
            id ->
                types
                    .byName(caller.tenant(), USER)
                    .flatMap(type -> Resources.location(baseUrl, type, id)));
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return ""; // which is refused later
    }
  }
}
