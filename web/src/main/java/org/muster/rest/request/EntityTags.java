package org.muster.rest.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Condition;

/**
 * Reads If-Match and If-None-Match (RFC 9110 section 13.1). JAX-RS would compare strongly, so that
 * our weak tags never match.
 */
public final class EntityTags {
  private final String header;
  private final String text;
  private int at;

  private EntityTags(String header, String text) {
    this.header = header;
    this.text = text;
  }

  /**
   * The condition of a header.
   *
   * @param header its name, for messages
   * @param value its value, several joined by commas; null if it is absent
   */
  public static Condition parse(String header, @Nullable String value) {
    if (value == null) {
      return new Condition.None();
    }
    if (value.strip().equals("*")) {
      return new Condition.Star();
    }
    return new Condition.Tags(new EntityTags(header, value).tags());
  }

  /** Whether a resource with the tag satisfies If-None-Match, that is, is to be sent. */
  public static boolean isModified(Condition ifNoneMatch, String opaque) {
    if (ifNoneMatch instanceof Condition.Tags tags) {
      return !tags.opaque().contains(opaque);
    }
    return ifNoneMatch instanceof Condition.None;
  }

  /** The header value of a weak tag. */
  public static String weak(String opaque) {
    return "W/\"" + opaque + '"';
  }

  private List<String> tags() {
    List<String> tags = new ArrayList<>(1);
    skip();
    while (at < text.length()) {
      tags.add(tag());
      skipSpace();
      if (at < text.length() && text.charAt(at) != ',') {
        throw malformed();
      }
      skip();
    }
    if (tags.isEmpty()) {
      throw malformed();
    }
    return tags;
  }

  private String tag() {
    if (text.startsWith("W/", at)) {
      at += 2;
    }
    if (at >= text.length() || text.charAt(at) != '"') {
      throw malformed();
    }
    int start = ++at;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c < 0x21 || c == 0x7f) { // etagc
        throw malformed();
      }
    }
    if (at == text.length()) {
      throw malformed();
    }
    return text.substring(start, at++);
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  /** White space and commas: a list may have empty elements (RFC 9110 section 5.6.1). */
  private void skip() {
    skipSpace();
    while (at < text.length() && text.charAt(at) == ',') {
      at++;
      skipSpace();
    }
  }

  private ScimException malformed() {
    return new ScimException(
        400, header + " must be * or a list of entity tags such as W/\"42\", with their quotes");
  }
}
