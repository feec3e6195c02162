package org.muster.scim.history;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.muster.kernel.Version;
import org.muster.scim.ScimException;

/** A moment of the past, as the parameter {@code at} names it. */
public sealed interface Moment {
  /** A time. */
  record At(Instant time) implements Moment {}

  /** When a resource had just got this version. */
  record Of(Version version) implements Moment {}

  /** A number, perhaps with what stands around and behind it in an entity tag. */
  Pattern VERSION = Pattern.compile("(?:W/)?\"?([1-9][0-9]{0,17})(?:-[0-9a-z]+)?\"?");

  /**
   * The moment of a text: an RFC 3339 time, or a version as it stands in {@code meta.version}.
   *
   * @throws ScimException 400 if it is neither
   */
  static Moment parse(String text) {
    Matcher version = VERSION.matcher(text);
    if (version.matches()) {
      return new Of(new Version(Long.parseLong(version.group(1))));
    }
    try {
      return new At(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          "at must be a time such as 2026-01-31T12:00:00Z (with + as %2B), or a version");
    }
  }
}
