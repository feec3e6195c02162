package org.muster.signal.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.muster.scim.ScimException;

/**
 * What a receiver says when it polls (RFC 8936 section 2.2). Ids that no token can have are left
 * out.
 *
 * @param most tokens of the answer; 0 if it only acknowledges
 * @param immediately whether it does not wait for tokens
 * @param acknowledged tokens that it has
 * @param failed tokens that it could not use, and why (section 2.6)
 */
public record PollRequest(
    int most, boolean immediately, Set<UUID> acknowledged, Map<UUID, String> failed) {
  /** Most tokens of an answer. */
  public static final int MOST = 1_000;

  private static final int USUAL = 100;
  private static final int IDS_MOST = 10_000;
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.:/-]{1,100}");

  public PollRequest {
    acknowledged = Set.copyOf(acknowledged);
    failed = Map.copyOf(failed);
  }

  /**
   * The request of a body; members that are not known are ignored.
   *
   * @throws ScimException 400 that says what to change
   */
  public static PollRequest of(ObjectNode body) {
    return new PollRequest(
        most(body.path("maxEvents")),
        flag(body.path("returnImmediately")),
        acknowledged(body.path("ack")),
        failed(body.path("setErrs")));
  }

  /** Whether it says something of tokens that it got before. */
  boolean isTelling() {
    return !acknowledged.isEmpty() || !failed.isEmpty();
  }

  private static int most(JsonNode number) {
    if (number.isMissingNode()) {
      return USUAL;
    }
    if (!number.isIntegralNumber() || number.bigIntegerValue().signum() < 0) {
      throw invalid("maxEvents must be a whole number, 0 or more");
    }
    return number.canConvertToInt() ? Math.min(MOST, number.intValue()) : MOST;
  }

  private static boolean flag(JsonNode flag) {
    if (!flag.isMissingNode() && !flag.isBoolean()) {
      throw invalid("returnImmediately must be true or false");
    }
    return flag.asBoolean(false);
  }

  private static Set<UUID> acknowledged(JsonNode ids) {
    if (!ids.isMissingNode() && !ids.isArray()) {
      throw invalid("ack must be a list of the jti of tokens");
    }
    requireFew(ids);
    Set<UUID> acknowledged = new LinkedHashSet<>();
    for (JsonNode id : ids) {
      if (!id.isTextual()) {
        throw invalid("ack must be a list of the jti of tokens");
      }
      id(id.textValue()).ifPresent(acknowledged::add);
    }
    return acknowledged;
  }

  private static Map<UUID, String> failed(JsonNode errors) {
    if (!errors.isMissingNode() && !errors.isObject()) {
      throw invalid("setErrs must be an object, of the jti of tokens");
    }
    requireFew(errors);
    Map<UUID, String> failed = new HashMap<>();
    for (Map.Entry<String, JsonNode> error : errors.properties()) {
      String code = error.getValue().path("err").textValue();
      if (code == null || !CODE.matcher(code).matches()) {
        throw invalid("Each of setErrs must have err, an error code (RFC 8935 section 2.4)");
      }
      id(error.getKey()).ifPresent(id -> failed.put(id, code));
    }
    return failed;
  }

  private static void requireFew(JsonNode ids) {
    if (ids.size() > IDS_MOST) {
      throw invalid("ack and setErrs may name " + IDS_MOST + " tokens each");
    }
  }

  private static Optional<UUID> id(String text) {
    return ID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_SYNTAX, detail);
  }
}
