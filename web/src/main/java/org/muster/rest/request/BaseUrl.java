package org.muster.rest.request;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.muster.config.Settings;

/** Where clients find this server: as configured, or as the request says. */
final class BaseUrl {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9._-]+(:\\d+)?|\\[[0-9a-fA-F:.]+](:\\d+)?");
  private final Optional<String> configured;

  BaseUrl(Settings settings) {
    configured = settings.text("muster.public.url").map(BaseUrl::checked);
  }

  /** Scheme and authority, without a slash at the end. */
  String of(HttpServletRequest request) {
    if (configured.isPresent()) {
      return configured.get();
    }
    String host = request.getHeader("Host");
    return host != null && HOST.matcher(host).matches()
        ? request.getScheme() + "://" + host
        : request.getScheme() + "://localhost:" + request.getLocalPort();
  }

  private static String checked(String url) {
    String plain = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    try {
      URI uri = URI.create(plain);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return plain;
      }
    } catch (IllegalArgumentException e) {
      // told below, as for other schemes
    }
    throw new IllegalStateException(
        "muster.public.url="
            + url
            + " is not allowed; it must be an http or https URL, for"
            + " instance https://id.example.com");
  }
}
