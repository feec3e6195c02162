package org.muster.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.muster.kernel.Folding;

/**
 * The key form of values: text whose order by code point is the order of the values, so that every
 * back end compares and sorts alike.
 */
public final class Keys {
  /** Makes every second from {@link Instant#MIN} to {@link Instant#MAX} positive, in 17 digits. */
  private static final long SECONDS_BIAS = 1L << 55;

  private static final int EXPONENT_BIAS = 5_000;
  private static final int SIGNIFICANT_DIGITS = 400;

  private Keys() {}

  /**
   * The key form of a JSON value as {@code path} reads it, uncut; empty if it is not of its type,
   * or a number out of range.
   */
  public static Optional<String> of(JsonNode value, Path path) {
    return switch (path.type()) {
      case TEXT ->
          value.isTextual()
              ? Optional.of(Folding.fold(value.textValue(), path.caseExact()))
              : Optional.empty();
      case BOOLEAN -> value.isBoolean() ? Optional.of(value.asText()) : Optional.empty();
      case NUMBER -> value.isNumber() ? numberOf(value) : Optional.empty();
      case DATE_TIME -> value.isTextual() ? dateTime(value.textValue()) : Optional.empty();
      case OTHER -> Optional.empty();
    };
  }

  /**
   * The keys to be put with a document: those of its values at each path, as far as it has any.
   * First stands the one that the document is ordered by, see {@link Query.Order}; the others
   * follow in document order.
   */
  public static SortedMap<String, List<String>> of(JsonDocument document, Collection<Path> paths) {
    SortedMap<String, List<String>> keys = new TreeMap<>();
    for (Path path : paths) {
      List<String> values = Values.keys(document.tree(), path);
      if (values.size() > 1) {
        values.add(0, Values.leading(document.tree(), path).orElseThrow());
        values = values.stream().distinct().toList();
      }
      if (!values.isEmpty()) {
        keys.put(path.name(), values);
      }
    }
    return keys;
  }

  /**
   * The key form of a number: sign, exponent and digits.
   *
   * @throws IllegalArgumentException if it has more than 400 significant digits, or its magnitude
   *     is below 1e-5001, or 1e5000 and above
   */
  public static String number(BigDecimal value) {
    if (value.signum() == 0) {
      return "1";
    }
    BigDecimal plain = value.abs().stripTrailingZeros();
    String digits = plain.unscaledValue().toString();
    long exponent = (long) digits.length() - plain.scale() + EXPONENT_BIAS;
    if (exponent < 0 || exponent > 2 * EXPONENT_BIAS || digits.length() > SIGNIFICANT_DIGITS) {
      throw new IllegalArgumentException("A number is out of range");
    }
    String magnitude = padded(exponent, 5) + digits;
    return value.signum() > 0 ? "2" + magnitude : "0" + complement(magnitude) + "~";
  }

  /** The key form of a time: UTC with nine decimals of a second; empty if it is no dateTime. */
  public static Optional<String> dateTime(String text) {
    try {
      return Optional.of(dateTime(OffsetDateTime.parse(text).toInstant()));
    } catch (DateTimeParseException noOffset) {
      try { // xsd:dateTime may lack the zone; it is read as UTC
        return Optional.of(dateTime(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)));
      } catch (DateTimeParseException notATime) {
        return Optional.empty();
      }
    }
  }

  /** The key form of a time. */
  public static String dateTime(Instant instant) {
    return padded(instant.getEpochSecond() + SECONDS_BIAS, 17) + '.' + padded(instant.getNano(), 9);
  }

  private static Optional<String> numberOf(JsonNode value) {
    try {
      return Optional.of(number(value.decimalValue()));
    } catch (IllegalArgumentException outOfRange) { // NaN and infinity as well
      return Optional.empty();
    }
  }

  private static String padded(long number, int digits) {
    String plain = Long.toString(number);
    return "0".repeat(digits - plain.length()) + plain;
  }

  private static String complement(String digits) {
    StringBuilder turned = new StringBuilder(digits.length());
    for (int i = 0; i < digits.length(); i++) {
      turned.append((char) ('0' + '9' - digits.charAt(i)));
    }
    return turned.toString();
  }
}
