package org.muster.scim.schema;

import java.util.Locale;
import java.util.Optional;

/** How the values of enums are written in definitions: {@code READ_ONLY} is "readOnly". */
final class SchemaWords {
  private SchemaWords() {}

  /** The word of an enum's value. */
  static String word(Enum<?> value) {
    String name = value.name().toLowerCase(Locale.ROOT);
    int underscore = name.indexOf('_');
    return underscore < 0
        ? name
        : name.substring(0, underscore)
            + Character.toUpperCase(name.charAt(underscore + 1))
            + name.substring(underscore + 2);
  }

  /** The value whose word this is, in its exact case. */
  static <E extends Enum<E>> Optional<E> parse(Class<E> values, String word) {
    for (E value : values.getEnumConstants()) {
      if (word(value).equals(word)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** All words of an enum, for a message. */
  static String all(Class<? extends Enum<?>> values) {
    StringBuilder words = new StringBuilder();
    for (Enum<?> value : values.getEnumConstants()) {
      words.append(words.length() == 0 ? "" : ", ").append(word(value));
    }
    return words.toString();
  }
}
