package org.muster.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The configured values of {@code muster.} keys. A bad value is an {@link IllegalStateException}
 * that names the key, the value and what is allowed; it is meant to stop the start.
 */
public final class Settings {
  private final Function<String, Optional<String>> source;

  /**
   * Settings from a source.
   *
   * @param source the text of a key; for instance {@code key -> config.getOptionalValue(key,
   *     String.class)}
   */
  public Settings(Function<String, Optional<String>> source) {
    this.source = source;
  }

  /** A whole number within bounds, both included. */
  public long number(String key, long least, long most, long otherwise) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, as for a number out of bounds
    }
    throw bad(key, text.get(), "a whole number from " + least + " to " + most);
  }

  /** One of some words. */
  public String choice(String key, List<String> allowed, String otherwise) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (allowed.contains(text.get())) {
      return text.get();
    }
    throw bad(key, text.get(), "one of " + String.join(", ", allowed));
  }

  /** True or false. */
  public boolean flag(String key, boolean otherwise) {
    Optional<String> text = text(key).map(t -> t.toLowerCase(Locale.ROOT));
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.get().equals("true") || text.get().equals("false")) {
      return Boolean.parseBoolean(text.get());
    }
    throw bad(key, text.get(), "true or false");
  }

  /** The text of a key, without white space around it; empty if it is not set or blank. */
  public Optional<String> text(String key) {
    return source.apply(key).map(String::strip).filter(t -> !t.isEmpty());
  }

  private static IllegalStateException bad(String key, String value, String allowed) {
    return new IllegalStateException(key + "=" + value + " is not allowed; it must be " + allowed);
  }
}
