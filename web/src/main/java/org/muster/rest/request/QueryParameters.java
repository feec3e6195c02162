package org.muster.rest.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.Folding;
import org.muster.scim.ScimException;

/** The parameters of a URL: UTF-8, percent-encoded, strict. Names are compared as they stand. */
public final class QueryParameters {
  private static final QueryParameters NONE = new QueryParameters(Map.of());
  private static final int MOST = 100;
  private final Map<String, List<String>> values;

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /** The parameters of a raw query; null if the URL has none. */
  public static QueryParameters parse(@Nullable String rawQuery) {
    if (rawQuery == null || rawQuery.isEmpty()) {
      return NONE;
    }
    Map<String, List<String>> values = new HashMap<>();
    int count = 0;
    for (int start = 0; start <= rawQuery.length(); ) {
      int amp = rawQuery.indexOf('&', start);
      int end = amp < 0 ? rawQuery.length() : amp;
      if (end > start) {
        add(rawQuery.substring(start, end), values);
        if (++count > MOST) {
          throw invalid("The URL has more than " + MOST + " parameters");
        }
      }
      start = end + 1;
    }
    return new QueryParameters(values);
  }

  /** The value of a parameter; 400 if it stands more than once. */
  public Optional<String> text(String name) {
    List<String> found = values.getOrDefault(name, List.of());
    if (found.size() > 1) {
      throw invalid("The parameter " + name + " must stand only once");
    }
    return found.stream().findFirst();
  }

  /** The whole number that a parameter is, brought within the bounds of an int; 400 if none. */
  public OptionalInt number(String name) {
    Optional<String> text = text(name);
    return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(number(name, text.get()));
  }

  /** The names of a comma-separated list, over all its occurrences; blank ones are left out. */
  public List<String> list(String name) {
    List<String> names = new ArrayList<>();
    for (String value : values.getOrDefault(name, List.of())) {
      for (String part : value.split(",", -1)) {
        if (!part.isBlank()) {
          names.add(part.strip());
        }
      }
    }
    return names;
  }

  private static int number(String name, String text) {
    int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (text.length() == digits || !text.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9')) {
      throw invalid("The parameter " + name + " must be a whole number");
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return text.startsWith("-") ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }
  }

  private static void add(String pair, Map<String, List<String>> values) {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
    String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
    values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
  }

  private static String decode(String raw) {
    ByteBuffer bytes = ByteBuffer.allocate(raw.length() * 3);
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.put((byte) (hex(raw, i + 1) << 4 | hex(raw, i + 2)));
        i += 2;
      } else if (c == '+') {
        bytes.put((byte) ' ');
      } else if (c < 0x80) {
        bytes.put((byte) c);
      } else {
        throw invalid("The URL must be ASCII; percent-encode everything else as UTF-8");
      }
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
      if (Folding.isStorable(text)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // told below, as for U+0000
    }
    throw invalid("A parameter of the URL is not UTF-8 text, or holds U+0000");
  }

  private static int hex(String raw, int at) {
    int digit = at < raw.length() ? Character.digit(raw.charAt(at), 16) : -1;
    if (digit < 0 || raw.charAt(at) >= 0x80) {
      throw invalid("The URL has a % that two hexadecimal digits do not follow");
    }
    return digit;
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
