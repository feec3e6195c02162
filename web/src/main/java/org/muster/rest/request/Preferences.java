package org.muster.rest.request;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client would like of the answer: the Prefer header (RFC 7240). Preferences that nobody
 * here knows, or that make no sense, are ignored, as the RFC wants it.
 *
 * @param result what the answer of a write is to hold, if the client says so
 * @param respondAsync whether the client does not want to wait
 * @param patience how long it waits nevertheless, if it says so (RFC 7240 section 4.3)
 */
public record Preferences(
    Optional<Result> result, boolean respondAsync, Optional<Duration> patience) {
  /** The header that carries preferences. */
  public static final String HEADER = "Prefer";

  /** The header that says which of them were followed. */
  public static final String APPLIED = "Preference-Applied";

  /** The preference to be answered before the work is done. */
  public static final String RESPOND_ASYNC = "respond-async";

  /** The preference to be answered within some seconds, done or not. */
  public static final String WAIT = "wait";

  private static final String RETURN = "return";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  /** How much of a written resource the client wants to see (RFC 7240 section 4.2). */
  public enum Result {
    MINIMAL,
    REPRESENTATION;

    /** What Preference-Applied says. */
    public String applied() {
      return RETURN + "=" + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The preferences of a header.
   *
   * @param header its values, joined by commas; null if it is absent
   */
  public static Preferences parse(@Nullable String header) {
    if (header == null) {
      return new Preferences(Optional.empty(), false, Optional.empty());
    }
    Map<String, String> first = new HashMap<>();
    boolean contradiction = false;
    for (String preference : header.split(",", -1)) {
      String[] pair = preference.split(";", 2)[0].split("=", 2);
      String name = pair[0].strip().toLowerCase(Locale.ROOT);
      String value = pair.length < 2 ? "" : unquoted(pair[1].strip());
      String before = first.putIfAbsent(name, value);
      contradiction |= name.equals(RETURN) && before != null && !before.equals(value);
    }
    return new Preferences(
        contradiction ? Optional.empty() : result(first.get(RETURN)),
        first.containsKey(RESPOND_ASYNC),
        seconds(first.get(WAIT)));
  }

  private static Optional<Duration> seconds(@Nullable String value) {
    return value != null && SECONDS.matcher(value).matches()
        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
        : Optional.empty();
  }

  private static Optional<Result> result(@Nullable String value) {
    for (Result result : Result.values()) {
      if (result.name().equalsIgnoreCase(value)) {
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
