package org.muster.rest.caching;

import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.kernel.TenantId;
import org.muster.rest.request.Methods;
import org.muster.rest.request.PathText;
import org.muster.scim.ScimException;

/**
 * What a path stands for, read from its raw form: segments are decoded each for itself, so that a
 * key may have an encoded slash, and a slash at the end, an empty key, is not the list of entries.
 *
 * @param cache decoded, unchecked; empty for the list of caches
 * @param key decoded, unchecked; empty if the path names none
 */
record CachePath(Kind kind, String cache, String key) {
  /** Where it begins. */
  static final String BASE = "/storage/v1/caches";

  private static final String ENTRIES = "entries";

  /** What there is. */
  enum Kind {
    CACHES("GET, HEAD, OPTIONS"),
    CACHE("GET, HEAD, OPTIONS"),
    ENTRIES("GET, HEAD, DELETE, OPTIONS"),
    ENTRY("GET, HEAD, PUT, DELETE, OPTIONS"),
    CLEAN_UP("POST, OPTIONS");

    private final String allowed;

    Kind(String allowed) {
      this.allowed = allowed;
    }

    /** The methods that it has. */
    Methods methods() {
      return new Methods(allowed);
    }
  }

  /** The one of a raw path; 404 if there is nothing. */
  static CachePath of(String raw) {
    if (raw.equals(BASE)) {
      return new CachePath(Kind.CACHES, "", "");
    }
    if (!raw.startsWith(BASE + "/")) {
      throw nothing();
    }
    int start = BASE.length() + 1;
    int slash = raw.indexOf('/', start);
    String cache = PathText.decode(raw.substring(start, slash < 0 ? raw.length() : slash));
    if (cache.isEmpty()) {
      throw nothing();
    }
    if (slash < 0) {
      return new CachePath(Kind.CACHE, cache, "");
    }
    String rest = raw.substring(slash + 1);
    if (rest.equals(ENTRIES)) {
      return new CachePath(Kind.ENTRIES, cache, "");
    }
    if (rest.equals(".cleanup")) {
      return new CachePath(Kind.CLEAN_UP, cache, "");
    }
    if (!rest.startsWith(ENTRIES + "/") || rest.indexOf('/', ENTRIES.length() + 1) >= 0) {
      throw nothing();
    }
    String key = rest.substring(ENTRIES.length() + 1);
    if (key.isEmpty()) {
      throw nothing();
    }
    return new CachePath(Kind.ENTRY, cache, PathText.decode(key));
  }

  private static ScimException nothing() {
    return ScimException.notFound(
        "There is nothing at this path; a slash in a key is written as %2F");
  }

  /** The cache of a tenant; 400 if it can't have that name. */
  CacheSpace space(TenantId tenant) {
    try {
      return new CacheSpace(tenant, cache);
    } catch (IllegalArgumentException e) {
      throw new ScimException(
          400, "The name of a cache is 1 to 64 of A-Z, a-z, 0-9, '.', '_', '-'");
    }
  }

  /** The key in the cache of a tenant; 400 if it can't be one. */
  CacheKey key(TenantId tenant) {
    CacheSpace space = space(tenant);
    try {
      return new CacheKey(space, key);
    } catch (IllegalArgumentException e) {
      throw new ScimException(
          400, "A key is 1 to " + CacheKey.MAX_LENGTH + " characters (UTF-16) without U+0000");
    }
  }
}
