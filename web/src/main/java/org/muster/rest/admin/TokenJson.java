package org.muster.rest.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.security.Scope;
import org.muster.security.Token;
import org.muster.security.TokenRequest;

/** Tokens as JSON, both ways. */
final class TokenJson {
  private static final Set<String> KEYS = Set.of("tenant", "scopes", "expiresIn", "subject");
  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final int SUBJECT_MOST = 256;

  private TokenJson() {}

  /** A token without its secret. */
  static ObjectNode of(Token token) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", token.id()).put("tenant", token.tenant().value());
    ArrayNode scopes = json.putArray("scopes");
    token.scopes().stream().sorted().forEach(scope -> scopes.add(scope.word()));
    token.subject().ifPresent(subject -> json.put("subject", subject));
    json.put("created", token.created().toString());
    token.expires().ifPresent(time -> json.put("expires", time.toString()));
    token.lastUsed().ifPresent(time -> json.put("lastUsed", time.toString()));
    token.revoked().ifPresent(time -> json.put("revoked", time.toString()));
    return json;
  }

  /**
   * What a body asks for.
   *
   * @param own the tenant if the body names none
   */
  static TokenRequest request(ObjectNode body, TenantId own) {
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!KEYS.contains(field.getKey())) {
        throw invalid("A token request has only tenant, scopes, expiresIn and subject");
      }
    }
    return new TokenRequest(
        text(body, "tenant").map(TokenJson::tenant).orElse(own),
        scopes(body.path("scopes")),
        text(body, "expiresIn").map(TokenJson::expiresIn),
        text(body, "subject").map(TokenJson::subject));
  }

  /** The tenant of that name. */
  static TenantId tenant(String name) {
    if (!TenantId.isValid(name)) {
      throw invalid("tenant must be 1 to 63 of a-z, 0-9 and -, with no - at either end");
    }
    return new TenantId(name);
  }

  private static Set<Scope> scopes(JsonNode words) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (JsonNode word : words) {
      scopes.add(
          Optional.ofNullable(word.textValue())
              .flatMap(Scope::of)
              .orElseThrow(TokenJson::badScopes));
    }
    if (!words.isArray() || scopes.isEmpty()) {
      throw badScopes();
    }
    return scopes;
  }

  private static Duration expiresIn(String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.toSeconds() > 0 && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // told below, as for a duration out of bounds
    }
    throw invalid(
        "expiresIn must be an ISO 8601 duration of one second to ten years, such as PT24H");
  }

  private static String subject(String id) {
    if (id.isBlank() || id.length() > SUBJECT_MOST) {
      throw invalid("subject must be the id of a user, 1 to " + SUBJECT_MOST + " characters");
    }
    return id;
  }

  private static Optional<String> text(ObjectNode body, String key) {
    JsonNode value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid(key + " must be a string");
    }
    return Optional.of(value.textValue());
  }

  private static ScimException badScopes() {
    return invalid(
        "scopes must be an array of one or more of "
            + Stream.of(Scope.values()).map(Scope::word).collect(Collectors.joining(", ")));
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
