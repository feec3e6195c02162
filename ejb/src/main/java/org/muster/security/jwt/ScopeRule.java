package org.muster.security.jwt;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.muster.security.Scope;

/**
 * What the bearer of a token may do.
 *
 * @param claim its name, or the way to it with dots: a text of words, or a list of them
 * @param values which scopes a word stands for; if empty, {@code scim.read} and {@code scim.write}
 *     stand for themselves
 */
public record ScopeRule(String claim, Map<String, Set<Scope>> values) {
  private static final Map<String, Set<Scope>> THEMSELVES =
      Map.of(
          Scope.SCIM_READ.word(), Set.of(Scope.SCIM_READ),
          Scope.SCIM_WRITE.word(), Set.of(Scope.SCIM_WRITE));

  public ScopeRule {
    values = Map.copyOf(values);
  }

  /** The scopes of a token with these claims. */
  Set<Scope> of(Map<String, Object> claims) {
    Map<String, Set<Scope>> known = values.isEmpty() ? THEMSELVES : values;
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : words(claims)) {
      scopes.addAll(known.getOrDefault(word, Set.of()));
    }
    return scopes;
  }

  private List<String> words(Map<String, Object> claims) {
    Object value = find(claims);
    if (value instanceof String text) {
      return Arrays.asList(text.split(" ", -1));
    }
    return value instanceof Collection<?> list
        ? list.stream()
            .filter(Objects::nonNull)
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .toList()
        : List.of();
  }

  private @Nullable Object find(Map<String, Object> claims) {
    if (claims.containsKey(claim)) {
      return claims.get(claim); // the name of a claim may have dots itself
    }
    @Nullable Object place = claims;
    for (String name : claim.split("\\.", -1)) {
      place = place instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return place;
  }
}
