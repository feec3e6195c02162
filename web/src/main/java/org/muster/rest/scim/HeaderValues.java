package org.muster.rest.scim;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Headers whose values are lists: several lines are one list (RFC 9110 section 5.3). */
final class HeaderValues {
  private HeaderValues() {}

  /** All values of a header, joined by commas; null if it is absent. */
  static @Nullable String joined(HttpServletRequest request, String name) {
    String first = request.getHeader(name);
    if (first == null) {
      return null;
    }
    Enumeration<String> values = request.getHeaders(name);
    return String.join(",", Collections.list(values));
  }
}
