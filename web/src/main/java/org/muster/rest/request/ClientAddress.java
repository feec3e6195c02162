package org.muster.rest.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.muster.config.Settings;

/**
 * Where a request comes from: the peer of the connection, or, where that is a proxy that is
 * trusted, the last address of X-Forwarded-For that is not one.
 */
final class ClientAddress {
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private final Set<String> proxies;

  ClientAddress(Settings settings) {
    String key = "muster.limits.trusted-proxies";
    this.proxies =
        Arrays.stream(settings.text(key).orElse("").split(",", -1))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    for (String proxy : proxies) {
      if (!ADDRESS.matcher(proxy).matches()) {
        throw new IllegalStateException(
            key + "=" + proxy + " is not allowed; it must be IP addresses with commas in between");
      }
    }
  }

  /** The client's address. */
  String of(HttpServletRequest request) {
    String peer = String.valueOf(request.getRemoteAddr());
    return proxies.contains(peer) ? forwarded(request.getHeader("X-Forwarded-For"), peer) : peer;
  }

  private String forwarded(@Nullable String header, String peer) {
    if (header == null) {
      return peer;
    }
    String[] hops = header.split(",", -1);
    for (int i = hops.length - 1; i >= 0; i--) {
      String hop = hops[i].strip();
      if (!ADDRESS.matcher(hop).matches()) {
        return peer; // nothing that a proxy has written
      }
      if (!proxies.contains(hop)) {
        return hop;
      }
    }
    return peer;
  }
}
