package org.muster.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.muster.kernel.Folding;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Uniqueness;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.Keys;

/**
 * The values of a document that no other document of its type may have (RFC 7643 section 7,
 * "uniqueness").
 */
public final class UniqueClaims {
  private static final LoadingCache<ResourceType, List<AttributePath>> UNIQUE =
      Caffeine.newBuilder().weakKeys().maximumSize(10_000).build(UniqueClaims::uniqueOf);
  private static final int HASH_LENGTH = 64;

  private UniqueClaims() {}

  /** The claims by attribute path; attributes without a value claim nothing. */
  public static SortedMap<String, String> of(ResourceType type, ObjectNode document) {
    SortedMap<String, String> claims = new TreeMap<>();
    for (AttributePath path : UNIQUE.get(type)) {
      JsonNode value = document;
      for (String step : path.steps()) {
        value = value.path(step);
      }
      Keys.of(value, StoragePaths.of(path))
          .ifPresent(folded -> claims.put(path.toString(), claim(folded)));
    }
    return claims;
  }

  /**
   * A value as it is claimed: itself if it has under 512 characters, else a prefix and its SHA-256,
   * of just 512 characters, so that no two values share a claim.
   */
  private static String claim(String folded) {
    if (folded.length() < Folding.KEY_LENGTH) {
      return folded;
    }
    int end = Folding.KEY_LENGTH - HASH_LENGTH - 1;
    String prefix = folded.substring(0, end);
    if (Character.isHighSurrogate(prefix.charAt(end - 1))) {
      prefix = prefix.substring(0, end - 1) + "#";
    }
    return prefix + "#" + sha256(folded);
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static List<AttributePath> uniqueOf(ResourceType type) {
    List<AttributePath> unique = new ArrayList<>();
    add(unique, Optional.empty(), type.schema().attributes());
    type.extensions()
        .forEach(e -> add(unique, Optional.of(e.schema().id()), e.schema().attributes()));
    return List.copyOf(unique);
  }

  private static void add(
      List<AttributePath> unique, Optional<String> extension, List<Attribute> attributes) {
    attributes.stream()
        .filter(attribute -> attribute.uniqueness() != Uniqueness.NONE)
        .forEach(a -> unique.add(new AttributePath(extension, a, Optional.empty())));
  }
}
