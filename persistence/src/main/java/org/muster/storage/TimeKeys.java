package org.muster.storage;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the key form of times, see {@link Keys#dateTime(Instant)}. */
public final class TimeKeys {
  private static final Pattern KEY = Pattern.compile("(\\d{17})\\.(\\d{9})");
  private static final long BIAS = Long.parseLong(Keys.dateTime(Instant.EPOCH).substring(0, 17));

  private TimeKeys() {}

  /** The time of a key; empty if it is none. */
  public static Optional<Instant> instant(String key) {
    Matcher matcher = KEY.matcher(key);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      long seconds = Long.parseLong(matcher.group(1)) - BIAS;
      return Optional.of(Instant.ofEpochSecond(seconds, Long.parseLong(matcher.group(2))));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
