package org.muster.scim.policy;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The bounds of a tenant's requests: a value of every {@link Limit}. Immutable. */
public final class Limits {
  /** What a tenant has where nothing is configured. */
  public static final Limits USUAL = new Limits(Map.of());

  /** Nothing lets more through: for what was held against a tenant's limits before. */
  public static final Limits WIDEST =
      new Limits(
          Arrays.stream(Limit.values()).collect(Collectors.toMap(limit -> limit, Limit::most)));

  private final Map<Limit, Long> values = new EnumMap<>(Limit.class);

  /** These limits, and the usual ones where none is given. */
  public Limits(Map<Limit, Long> given) {
    for (Limit limit : Limit.values()) {
      long value = given.getOrDefault(limit, limit.usual());
      if (value < limit.least() || value > limit.most()) {
        throw new IllegalArgumentException(limit + " can't be " + value);
      }
      values.put(limit, value);
    }
  }

  /** The usual limits but for these three. */
  public Limits(int defaultPageSize, int maxPageSize, long scanLimit) {
    this(
        Map.of(
            Limit.DEFAULT_PAGE_SIZE,
            (long) defaultPageSize,
            Limit.MAX_PAGE_SIZE,
            (long) maxPageSize,
            Limit.SCAN,
            scanLimit));
    if (defaultPageSize > maxPageSize) {
      throw new IllegalArgumentException("The default is within the maximum");
    }
  }

  /** These limits with those of {@code own}, none of them wider than in {@code bounds}. */
  public Limits with(Map<Limit, Long> own, Limits bounds) {
    Map<Limit, Long> all = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      long wanted = own.getOrDefault(limit, of(limit));
      long bound = bounds.of(limit);
      all.put(limit, limit.isWider(wanted, bound) ? bound : wanted);
    }
    return new Limits(all);
  }

  /** Whether any of these lets more through than the same of {@code others}. */
  public boolean isWiderThan(Limits others) {
    return Arrays.stream(Limit.values())
        .anyMatch(limit -> limit.isWider(of(limit), others.of(limit)));
  }

  /** The value of a limit. */
  public long of(Limit limit) {
    return values.getOrDefault(limit, limit.usual());
  }

  /** Resources on a page if the client does not say. */
  public int defaultPageSize() {
    return Math.min((int) of(Limit.DEFAULT_PAGE_SIZE), maxPageSize());
  }

  /** The most resources on a page. */
  public int maxPageSize() {
    return (int) of(Limit.MAX_PAGE_SIZE);
  }

  /** The most documents that a search judges one by one. */
  public long scanLimit() {
    return of(Limit.SCAN);
  }

  /** The most bytes of a request's body. */
  public int bodyBytes() {
    return (int) of(Limit.BODY_BYTES);
  }

  /** The most characters of a filter. */
  public int filterLength() {
    return (int) of(Limit.FILTER_LENGTH);
  }

  /** The most levels of parentheses and brackets of a filter. */
  public int filterDepth() {
    return (int) of(Limit.FILTER_DEPTH);
  }

  /** The most comparisons of a filter. */
  public int filterClauses() {
    return (int) of(Limit.FILTER_CLAUSES);
  }

  /** The most operations of a PATCH. */
  public int patchOperations() {
    return (int) of(Limit.PATCH_OPERATIONS);
  }

  /** The most operations of a bulk request. */
  public int bulkOperations() {
    return (int) of(Limit.BULK_OPERATIONS);
  }

  /** The most bytes of a bulk request. */
  public long bulkPayloadBytes() {
    return of(Limit.BULK_PAYLOAD_BYTES);
  }

  /** Requests that are let in each second over time; 0 for any number. */
  public long requestsPerSecond() {
    return of(Limit.REQUESTS_PER_SECOND);
  }

  /** Requests that are let in at once after a pause, where their number is limited. */
  public long burst() {
    return of(Limit.BURST) == 0 ? requestsPerSecond() : of(Limit.BURST);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Limits limits && values.equals(limits.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
