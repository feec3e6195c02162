package org.muster.rest.scim;

import java.util.ArrayList;
import java.util.List;
import org.muster.rest.request.PathText;

/** Takes apart the path of a request behind the base, for instance "/Users/2819c223". */
final class Segments {
  private Segments() {}

  /**
   * The segments of a raw path, each decoded for itself, so that an encoded slash stays within its
   * segment. One slash at the end is ignored, and so are parameters (";a=b").
   */
  static List<String> of(String rawPath) {
    List<String> segments = new ArrayList<>(3);
    int start = 1;
    while (start < rawPath.length()) {
      int slash = rawPath.indexOf('/', start);
      int end = slash < 0 ? rawPath.length() : slash;
      int semicolon = rawPath.indexOf(';', start);
      int behind = semicolon < 0 ? end : Math.min(semicolon, end);
      segments.add(PathText.decode(rawPath.substring(start, behind)));
      start = end + 1;
    }
    return segments;
  }
}
