package org.muster.security.jwt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.muster.directory.Directory;
import org.muster.directory.DirectorySpace;
import org.muster.kernel.TenantId;
import org.muster.storage.JsonDocument;

/**
 * The issuers of one name, of all tenants.
 *
 * @param text what the database says of them
 */
record NamedIssuers(String text, List<Issuer> issuers) {
  /** What was allowed when it was stored, is read. */
  private static final IssuerJson JSON = new IssuerJson(uri -> true);

  /** Where they are looked up by their name. */
  static DirectorySpace<NamedIssuers> space(
      Directory directory, Function<String, List<Issuer>> named) {
    return directory.space(
        Directory.Kind.ISSUERS, name -> write(named.apply(name)), (name, text) -> read(text));
  }

  private static Optional<String> write(List<Issuer> issuers) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Issuer each : issuers) {
      all.addObject()
          .put("id", each.id())
          .put("tenant", each.tenant().value())
          .put("created", each.created().toEpochMilli())
          .put("terms", IssuerJson.write(each.terms()).toString());
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all.toString());
  }

  private static NamedIssuers read(String text) {
    List<Issuer> all = new ArrayList<>();
    try {
      for (JsonNode each : JsonDocument.MAPPER.readTree(text)) {
        all.add(
            new Issuer(
                each.path("id").asText(),
                new TenantId(each.path("tenant").asText()),
                Instant.ofEpochMilli(each.path("created").asLong()),
                JSON.stored(each.path("terms").asText())));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The issuers of the cache are not JSON", e);
    }
    return new NamedIssuers(text, List.copyOf(all));
  }

  boolean isSame(NamedIssuers other) {
    return text.equals(other.text);
  }
}
