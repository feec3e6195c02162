package org.muster.rest.request;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Authorization header of RFC 6750 section 2.1. */
final class BearerToken {
  private static final Pattern CREDENTIALS =
      Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9._~+/-]{1,8192}=*) *");

  private BearerToken() {}

  /** The token; empty if the header is of another scheme or malformed. */
  static Optional<String> of(String header) {
    Matcher matcher = CREDENTIALS.matcher(header);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
