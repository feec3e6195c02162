package org.muster.scim;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says why a text is no JSON; the parser's own messages would show its classes. */
public final class JsonFaults {
  private static final Pattern DUPLICATE = Pattern.compile("^Duplicate field '(.{0,100}?)'");

  private JsonFaults() {}

  /** 400 invalidSyntax, with line and column. */
  public static ScimException of(JsonProcessingException e) {
    return ScimException.badRequest(ScimException.Type.INVALID_SYNTAX, reason(e) + position(e));
  }

  private static String reason(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return "The body is nested deeper than 64 levels, or has too long a number or name";
    }
    if (e instanceof MismatchedInputException) {
      return "The body has more than one JSON value";
    }
    Matcher duplicate = DUPLICATE.matcher(String.valueOf(e.getOriginalMessage()));
    return duplicate.find()
        ? "The key \"" + duplicate.group(1) + "\" stands twice in one object"
        : "The body is not valid JSON";
  }

  private static String position(JsonProcessingException e) {
    return Optional.ofNullable(e.getLocation()).map(JsonFaults::position).orElse("");
  }

  private static String position(JsonLocation location) {
    return ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
