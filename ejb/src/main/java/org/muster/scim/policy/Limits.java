package org.muster.scim.policy;

/**
 * The bounds of lists and searches.
 *
 * @param defaultPageSize resources on a page if the client does not say
 * @param maxPageSize the most resources on a page
 * @param scanLimit the most documents that a search judges one by one
 */
public record Limits(int defaultPageSize, int maxPageSize, long scanLimit) {
  public Limits {
    if (defaultPageSize < 1 || maxPageSize < defaultPageSize || scanLimit < 1) {
      throw new IllegalArgumentException("Limits are positive, the default within the maximum");
    }
  }
}
