package org.muster.security;

import java.util.Optional;
import java.util.regex.Pattern;
import org.muster.config.Settings;

/** The secret of the configured administrator, {@code muster.admin.token}. */
final class AdminSecret {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._~+/-]{16,512}=*");

  private AdminSecret() {}

  /** The secret, if one is configured. */
  static Optional<String> of(Settings settings) {
    Optional<String> secret = settings.text("muster.admin.token");
    if (secret.isPresent() && !ALLOWED.matcher(secret.get()).matches()) {
      // The value is not shown: it would be a secret in the log.
      throw new IllegalStateException(
          "The value of muster.admin.token is not allowed; it must be 16 to 512 of A-Z, a-z, 0-9"
              + " and - . _ ~ + /, as a bearer token is written (RFC 6750 section 2.1)");
    }
    return secret;
  }
}
