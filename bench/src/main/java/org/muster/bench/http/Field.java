package org.muster.bench.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Picks a member by name out of JSON text without reading the rest of it. */
public final class Field {
  private final Pattern text;
  private final Pattern number;

  /** The members called {@code name}, at any depth. */
  public Field(String name) {
    this.text = Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:\\s*\"([^\"\\\\]*)\"");
    this.number = Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:\\s*(-?\\d+)");
  }

  /** The first of them that is a text. */
  public Optional<String> text(String json) {
    Matcher matcher = text.matcher(json);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** All of them that are texts. */
  public List<String> texts(String json) {
    List<String> found = new ArrayList<>();
    Matcher matcher = text.matcher(json);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** The first of them that is a whole number. */
  public OptionalLong number(String json) {
    Matcher matcher = number.matcher(json);
    return matcher.find()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
