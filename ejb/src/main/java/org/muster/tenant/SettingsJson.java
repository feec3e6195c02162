package org.muster.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.muster.kernel.Folding;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Limit;
import org.muster.scim.policy.Profile;
import org.muster.storage.JsonDocument;

/** The settings of tenants as JSON, both ways: as they are stored, and as they are sent. */
final class SettingsJson {
  private static final Set<String> MEMBERS =
      Set.of("displayName", "profile", "limits", "ifMatchRequired", "retentionDays");
  private static final int NAME_MOST = 256;
  private static final int DAYS_MOST = 36_500;

  private final TenantRules rules;

  SettingsJson(TenantRules rules) {
    this.rules = rules;
  }

  /** The settings as an object that {@link #read} takes. */
  static ObjectNode write(TenantSettings settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    settings.displayName().ifPresent(name -> json.put("displayName", name));
    settings.profile().ifPresent(name -> json.put("profile", name));
    json.put("ifMatchRequired", settings.ifMatchRequired());
    settings.retentionDays().ifPresent(days -> json.put("retentionDays", days));
    ObjectNode limits = json.putObject("limits");
    for (Limit limit : Limit.values()) {
      Long own = settings.limits().get(limit);
      if (own != null) {
        limits.put(limit.word(), own);
      }
    }
    return json;
  }

  /**
   * What a client wants.
   *
   * @throws ScimException 400 with what is wrong
   */
  TenantSettings read(ObjectNode json) {
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw invalid(
            "What can be set is state, "
                + MEMBERS.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
    return new TenantSettings(
        displayName(json.path("displayName")),
        profile(json.path("profile")),
        limits(json.path("limits")),
        flag(json.path("ifMatchRequired")),
        retentionDays(json.path("retentionDays")));
  }

  /**
   * Stored settings; what is no longer known or allowed is left out, so that a tenant is served.
   */
  static TenantSettings stored(String text) {
    JsonNode json;
    try {
      json = JsonDocument.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The settings of a tenant are no JSON", e);
    }
    Map<Limit, Long> limits = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      JsonNode own = json.path("limits").path(limit.word());
      if (own.isIntegralNumber()
          && own.longValue() >= limit.least()
          && own.longValue() <= limit.most()) {
        limits.put(limit, own.longValue());
      }
    }
    return new TenantSettings(
        Optional.ofNullable(json.path("displayName").textValue()),
        Optional.ofNullable(json.path("profile").textValue()),
        limits,
        json.path("ifMatchRequired").asBoolean(false),
        json.path("retentionDays").isInt()
            ? OptionalInt.of(json.path("retentionDays").intValue())
            : OptionalInt.empty());
  }

  private static Optional<String> displayName(JsonNode name) {
    if (isAbsent(name)) {
      return Optional.empty();
    }
    String text = name.textValue();
    if (text == null || text.isBlank() || text.length() > NAME_MOST || !Folding.isStorable(text)) {
      throw invalid("displayName must be a text of 1 to " + NAME_MOST + " characters");
    }
    return Optional.of(text);
  }

  private Optional<String> profile(JsonNode name) {
    if (isAbsent(name)) {
      return Optional.empty();
    }
    return Optional.of(
        Optional.ofNullable(name.textValue())
            .flatMap(rules.profiles()::named)
            .map(Profile::name)
            .orElseThrow(
                () ->
                    invalid(
                        "profile must be one of "
                            + rules.profiles().all().stream()
                                .map(Profile::name)
                                .collect(Collectors.joining(", ")))));
  }

  private Map<Limit, Long> limits(JsonNode json) {
    Map<Limit, Long> limits = new EnumMap<>(Limit.class);
    if (isAbsent(json)) {
      return limits;
    }
    if (!json.isObject()) {
      throw invalid("limits must be an object");
    }
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      Limit limit =
          Limit.of(member.getKey())
              .orElseThrow(
                  () ->
                      invalid(
                          "limits has only "
                              + Stream.of(Limit.values())
                                  .map(Limit::word)
                                  .collect(Collectors.joining(", "))));
      if (!member.getValue().isNull()) {
        limits.put(limit, limit(limit, member.getValue()));
      }
    }
    return limits;
  }

  private long limit(Limit limit, JsonNode value) {
    long bound = rules.bounds().of(limit);
    long most = limit.isWider(bound, limit.most()) ? limit.most() : bound;
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      long wanted = value.longValue();
      boolean known = wanted >= limit.least() && wanted <= most;
      if (known && !limit.isWider(wanted, bound)) {
        return wanted;
      }
    }
    long least = limit.isWider(limit.least(), bound) ? 1 : limit.least();
    throw invalid(
        "limits." + limit.word() + " must be a whole number from " + least + " to " + most);
  }

  private static boolean flag(JsonNode value) {
    if (!isAbsent(value) && !value.isBoolean()) {
      throw invalid("ifMatchRequired must be true or false");
    }
    return value.asBoolean(false);
  }

  private static OptionalInt retentionDays(JsonNode value) {
    if (isAbsent(value)) {
      return OptionalInt.empty();
    }
    if (!value.isInt() || value.intValue() < 0 || value.intValue() > DAYS_MOST) {
      throw invalid("retentionDays must be a whole number from 0 to " + DAYS_MOST);
    }
    return OptionalInt.of(value.intValue());
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
