package org.muster.scim.policy;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is bounded for each tenant. The configuration says what a tenant has that says nothing
 * ({@link #key}), and what no tenant may go beyond (the same key with {@code .most}).
 */
public enum Limit {
  /** Resources on a page if the client does not say; never more than {@link #MAX_PAGE_SIZE}. */
  DEFAULT_PAGE_SIZE("defaultPageSize", "muster.limits.default-page-size", 1, 1_000, 100),
  /** The most resources on a page. */
  MAX_PAGE_SIZE("maxPageSize", "muster.limits.max-page-size", 1, 1_000, 1_000),
  /** The most documents that a search judges one by one. */
  SCAN("scan", "muster.limits.scan", 1, 1_000_000_000, 100_000),
  /** The most bytes of a request's body. */
  BODY_BYTES("bodyBytes", "muster.limits.body-bytes", 1_024, 64 << 20, 1 << 20),
  /** The most characters of a filter. */
  FILTER_LENGTH("filterLength", "muster.limits.filter-length", 16, 65_536, 8_192),
  /** The most levels of parentheses and brackets of a filter. */
  FILTER_DEPTH("filterDepth", "muster.limits.filter-depth", 1, 50, 50),
  /** The most comparisons of a filter. */
  FILTER_CLAUSES("filterClauses", "muster.limits.filter-clauses", 1, 1_000, 200),
  /** The most operations of a PATCH. */
  PATCH_OPERATIONS("patchOperations", "muster.limits.patch-operations", 1, 10_000, 1_000),
  /** The most operations of a bulk request. */
  BULK_OPERATIONS("bulkOperations", "muster.limits.bulk-operations", 1, 1_000_000, 1_000),
  /** The most bytes of a bulk request. */
  BULK_PAYLOAD_BYTES(
      "bulkPayloadBytes", "muster.limits.bulk-payload-bytes", 1_024, 1L << 32, 10 << 20),
  /** The most bytes of a value in a cache for applications. */
  CACHE_VALUE_BYTES("cacheValueBytes", "muster.limits.cache-value-bytes", 1, 16 << 20, 1 << 20),
  /** The most entries of all caches for applications. */
  CACHE_ENTRIES("cacheEntries", "muster.limits.cache-entries", 0, 1_000_000_000, 100_000),
  /** The most bytes of all caches for applications. */
  CACHE_BYTES("cacheBytes", "muster.limits.cache-bytes", 0, 1L << 40, 64 << 20),
  /** The most caches for applications that have entries. */
  CACHES("caches", "muster.limits.caches", 0, 10_000, 100),
  /** Requests that are let in each second over time; 0 for any number. */
  REQUESTS_PER_SECOND("requestsPerSecond", "muster.limits.requests-per-second", 0, 1_000_000, 0),
  /** Requests that are let in at once after a pause; 0 for those of one second. */
  BURST("burst", "muster.limits.burst", 0, 1_000_000, 0);

  private final String word;
  private final String key;
  private final long least;
  private final long most;
  private final long usual;

  Limit(String word, String key, long least, long most, long usual) {
    this.word = word;
    this.key = key;
    this.least = least;
    this.most = most;
    this.usual = usual;
  }

  /** The name in a tenant's settings. */
  public String word() {
    return word;
  }

  /** The key in the configuration. */
  public String key() {
    return key;
  }

  /** The least value that makes sense. */
  public long least() {
    return least;
  }

  /** The largest value that can be configured. */
  public long most() {
    return most;
  }

  /** The value if nothing is configured. */
  public long usual() {
    return usual;
  }

  /** The limit of that name. */
  public static Optional<Limit> of(String word) {
    return Arrays.stream(values()).filter(limit -> limit.word.equals(word)).findFirst();
  }

  /** Whether {@code value} lets more through than {@code other}; of some limits 0 is no limit. */
  public boolean isWider(long value, long other) {
    return magnitude(value) > magnitude(other);
  }

  private long magnitude(long value) {
    return this == REQUESTS_PER_SECOND && value == 0 ? Long.MAX_VALUE : value;
  }
}
