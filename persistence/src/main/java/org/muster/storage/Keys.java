package org.muster.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.muster.kernel.Folding;

/**
 * The key form of values: text whose order by code point is the order of the values, so that every
 * back end compares and sorts alike.
 */
public final class Keys {
  private static final int EXPONENT_BIAS = 5_000;
  private static final int SIGNIFICANT_DIGITS = 400;

  private Keys() {}

  /** The key form of a JSON value as {@code path} reads it; empty if it is not of its type. */
  public static Optional<String> of(JsonNode value, Path path) {
    return switch (path.type()) {
      case TEXT ->
          value.isTextual()
              ? Optional.of(Folding.fold(value.textValue(), path.caseExact()))
              : Optional.empty();
      case BOOLEAN -> value.isBoolean() ? Optional.of(value.asText()) : Optional.empty();
      case NUMBER ->
          value.isNumber() ? Optional.of(number(value.decimalValue())) : Optional.empty();
      case DATE_TIME -> value.isTextual() ? dateTime(value.textValue()) : Optional.empty();
      case OTHER -> Optional.empty();
    };
  }

  /** The key form of a number: sign, exponent and digits; at most 400 significant digits. */
  public static String number(BigDecimal value) {
    if (value.signum() == 0) {
      return "1";
    }
    BigDecimal plain = value.abs().stripTrailingZeros();
    String digits = plain.unscaledValue().toString();
    int exponent = digits.length() - plain.scale() + EXPONENT_BIAS;
    if (exponent < 0 || exponent > 2 * EXPONENT_BIAS || digits.length() > SIGNIFICANT_DIGITS) {
      throw new IllegalArgumentException("A number is out of range");
    }
    String magnitude = String.format(Locale.ROOT, "%05d", exponent) + digits;
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
    BigInteger seconds =
        BigInteger.valueOf(instant.getEpochSecond()).add(BigInteger.ONE.shiftLeft(56));
    return String.format(Locale.ROOT, "%017d.%09d", seconds, instant.getNano());
  }

  private static String complement(String digits) {
    StringBuilder turned = new StringBuilder(digits.length());
    for (int i = 0; i < digits.length(); i++) {
      turned.append((char) ('0' + '9' - digits.charAt(i)));
    }
    return turned.toString();
  }
}
