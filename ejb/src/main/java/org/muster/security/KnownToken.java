package org.muster.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.muster.kernel.TenantId;
import org.muster.storage.JsonDocument;

/** A token that is accepted until it expires. Thread-safe. */
final class KnownToken {
  private static final long NOTED_EVERY_MILLIS = 1_000;

  private final Caller caller;
  private final Optional<Caller> found;
  private final long expiresMillis;
  private volatile long notedMillis;

  private KnownToken(Caller caller, long expiresMillis) {
    this.caller = caller;
    this.found = Optional.of(caller);
    this.expiresMillis = expiresMillis;
  }

  /** What a cache keeps of a token: neither the secret nor its hash. */
  static String write(Token token) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", token.id()).put("tenant", token.tenant().value());
    token.subject().ifPresent(subject -> json.put("subject", subject));
    token.expires().ifPresent(end -> json.put("expires", end.toEpochMilli()));
    ArrayNode scopes = json.putArray("scopes");
    token.scopes().stream().sorted().forEach(scope -> scopes.add(scope.word()));
    return json.toString();
  }

  /** A token of such a text. */
  static KnownToken read(String text) {
    JsonNode json;
    try {
      json = JsonDocument.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A token of the cache is not JSON", e);
    }
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    json.path("scopes").forEach(word -> Scope.of(word.asText()).ifPresent(scopes::add));
    Caller caller =
        new Caller(
            json.path("id").asText(),
            new TenantId(json.path("tenant").asText()),
            Optional.ofNullable(json.path("subject").textValue()),
            scopes);
    return new KnownToken(caller, json.path("expires").asLong(Long.MAX_VALUE));
  }

  Caller caller() {
    return caller;
  }

  /** The caller, as it is answered. */
  Optional<Caller> found() {
    return found;
  }

  long expiresMillis() {
    return expiresMillis;
  }

  /** Whether its use was not noted for a second; then it is taken as noted now. */
  boolean isToBeNoted(long nowMillis) {
    boolean due = nowMillis - notedMillis >= NOTED_EVERY_MILLIS;
    if (due) {
      notedMillis = nowMillis;
    }
    return due;
  }
}
