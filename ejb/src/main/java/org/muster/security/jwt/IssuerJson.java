package org.muster.security.jwt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.muster.kernel.Folding;
import org.muster.scim.ScimException;
import org.muster.security.Scope;
import org.muster.storage.JsonDocument;

/** Issuers as JSON, both ways: as they are stored, and as they are sent. */
public final class IssuerJson {
  private static final Set<String> MEMBERS =
      Set.of(
          "issuer",
          "audience",
          "jwksUri",
          "jwks",
          "pem",
          "algorithms",
          "scopes",
          "subjectClaim",
          "clockSkewSeconds");
  private static final List<JWSAlgorithm> ALGORITHMS =
      List.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);
  private static final int TEXT_MOST = 512;
  private static final int CLAIM_MOST = 128;
  private static final int VALUES_MOST = 100;
  private static final int SKEW_MOST = 300;
  private static final int SKEW_USUAL = 60;

  private final Predicate<URI> fetchable;

  /**
   * A reader.
   *
   * @param fetchable from where keys may be fetched
   */
  IssuerJson(Predicate<URI> fetchable) {
    this.fetchable = fetchable;
  }

  /** An issuer as administrators see it; keys of PEM are shown as JWKS. */
  public static ObjectNode write(Issuer issuer) {
    ObjectNode json = write(issuer.terms());
    return json.put("id", issuer.id())
        .put("tenant", issuer.tenant().value())
        .put("created", issuer.created().toString());
  }

  /** The terms as an object that {@link #read} takes. */
  static ObjectNode write(Issuer.Terms terms) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("issuer", terms.issuer()).put("audience", terms.audience());
    if (terms.keys() instanceof KeySource.Remote remote) {
      json.put("jwksUri", remote.jwksUri().toString());
    } else if (terms.keys() instanceof KeySource.Fixed fixed) {
      json.set("jwks", parsed(new JWKSet(fixed.keys()).toString(true)));
    }
    ArrayNode algorithms = json.putArray("algorithms");
    ALGORITHMS.stream()
        .filter(terms.algorithms()::contains)
        .forEach(each -> algorithms.add(each.getName()));
    ObjectNode scopes = json.putObject("scopes").put("claim", terms.scopes().claim());
    ObjectNode values = scopes.putObject("values");
    terms.scopes().values().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> {
              ArrayNode words = values.putArray(entry.getKey());
              entry.getValue().stream().sorted().forEach(scope -> words.add(scope.word()));
            });
    return json.put("subjectClaim", terms.subjectClaim())
        .put("clockSkewSeconds", terms.clockSkew().toSeconds());
  }

  /**
   * The terms that an object says.
   *
   * @throws ScimException 400 with what is wrong
   */
  Issuer.Terms read(ObjectNode json) {
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw invalid(
            "An issuer has only issuer, audience, one of jwksUri, jwks and pem, algorithms, scopes,"
                + " subjectClaim and clockSkewSeconds");
      }
    }
    return new Issuer.Terms(
        text(json, "issuer", TEXT_MOST, ""),
        text(json, "audience", TEXT_MOST, ""),
        keys(json),
        algorithms(json.path("algorithms")),
        scopes(json.path("scopes")),
        text(json, "subjectClaim", CLAIM_MOST, "sub"),
        clockSkew(json.path("clockSkewSeconds")));
  }

  /** Stored terms. */
  Issuer.Terms stored(String text) {
    return read(parsed(text));
  }

  private KeySource keys(ObjectNode json) {
    if (count(json, "jwksUri", "jwks", "pem") != 1) {
      throw invalid("An issuer has just one of jwksUri, jwks and pem");
    }
    try {
      if (json.hasNonNull("pem")) {
        return new KeySource.Fixed(PublicKeys.ofPem(text(json, "pem", 65_536, "")));
      }
      if (json.hasNonNull("jwks")) {
        return new KeySource.Fixed(PublicKeys.given(json.path("jwks").toString()));
      }
    } catch (PublicKeys.Unusable e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
    return new KeySource.Remote(uri(text(json, "jwksUri", TEXT_MOST, "")));
  }

  private URI uri(String text) {
    try {
      URI uri = URI.create(text);
      if (uri.isAbsolute() && uri.getHost() != null && fetchable.test(uri)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below, as for other schemes
    }
    throw invalid("jwksUri must be an https URL without user and fragment");
  }

  private static Set<JWSAlgorithm> algorithms(JsonNode json) {
    if (isAbsent(json)) {
      return Set.of(JWSAlgorithm.RS256);
    }
    Set<JWSAlgorithm> chosen = new LinkedHashSet<>();
    for (JsonNode name : json) {
      ALGORITHMS.stream()
          .filter(each -> each.getName().equals(name.textValue()))
          .findFirst()
          .ifPresentOrElse(
              chosen::add,
              () -> {
                throw badAlgorithms();
              });
    }
    if (!json.isArray() || chosen.isEmpty()) {
      throw badAlgorithms();
    }
    return chosen;
  }

  private static ScopeRule scopes(JsonNode json) {
    if (isAbsent(json)) {
      return new ScopeRule("scope", Map.of());
    }
    if (!(json instanceof ObjectNode object)
        || object.properties().stream()
            .anyMatch(member -> !Set.of("claim", "values").contains(member.getKey()))) {
      throw invalid("scopes must be an object of claim and values");
    }
    Map<String, Set<Scope>> values = new LinkedHashMap<>();
    JsonNode given = object.path("values");
    if (!isAbsent(given) && (!given.isObject() || given.size() > VALUES_MOST)) {
      throw invalid("scopes.values must be an object of at most " + VALUES_MOST + " members");
    }
    for (Map.Entry<String, JsonNode> member : given.properties()) {
      values.put(checked("scopes.values", member.getKey(), TEXT_MOST), scopesOf(member.getValue()));
    }
    return new ScopeRule(text(object, "claim", CLAIM_MOST, "scope"), values);
  }

  private static Set<Scope> scopesOf(JsonNode words) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (JsonNode word : words) {
      scopes.add(
          Optional.ofNullable(word.textValue())
              .flatMap(Scope::of)
              .filter(scope -> scope != Scope.PLATFORM_ADMIN)
              .orElseThrow(IssuerJson::badScopes));
    }
    if (!words.isArray()) {
      throw badScopes();
    }
    return scopes;
  }

  private static Duration clockSkew(JsonNode seconds) {
    if (isAbsent(seconds)) {
      return Duration.ofSeconds(SKEW_USUAL);
    }
    if (!seconds.isInt() || seconds.intValue() < 0 || seconds.intValue() > SKEW_MOST) {
      throw invalid("clockSkewSeconds must be a whole number from 0 to " + SKEW_MOST);
    }
    return Duration.ofSeconds(seconds.intValue());
  }

  /** A text; {@code otherwise}, if not empty, where there is none. */
  private static String text(ObjectNode json, String name, int most, String otherwise) {
    JsonNode value = json.path(name);
    if (isAbsent(value) && !otherwise.isEmpty()) {
      return otherwise;
    }
    return checked(name, value.isTextual() ? value.textValue() : "", most);
  }

  private static String checked(String name, String text, int most) {
    if (text.isBlank() || text.length() > most || !Folding.isStorable(text)) {
      throw invalid(name + " must be a text of 1 to " + most + " characters");
    }
    return text;
  }

  private static int count(ObjectNode json, String... names) {
    int count = 0;
    for (String name : names) {
      count += json.hasNonNull(name) ? 1 : 0;
    }
    return count;
  }

  private static ObjectNode parsed(String text) {
    try {
      return (ObjectNode) JsonDocument.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The settings of an issuer are no JSON", e);
    }
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static ScimException badAlgorithms() {
    List<String> names = new ArrayList<>();
    ALGORITHMS.forEach(each -> names.add(each.getName()));
    return invalid("algorithms must be an array of one or more of " + String.join(", ", names));
  }

  private static ScimException badScopes() {
    return invalid(
        "scopes.values must have arrays of scim.read, scim.write, storage.read, storage.write,"
            + " caches.read, caches.write and tenant.admin");
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
