package org.muster.projection;

/**
 * How many live documents a collection has.
 *
 * @param live all of them
 * @param active those that say that they are active
 * @param inactive those that say that they are not
 */
public record ActivityCount(long live, long active, long inactive) {
  /** None. */
  public static final ActivityCount NONE = new ActivityCount(0, 0, 0);

  /** These and others. */
  public ActivityCount plus(ActivityCount other) {
    return new ActivityCount(live + other.live, active + other.active, inactive + other.inactive);
  }

  /** Without others. */
  public ActivityCount minus(ActivityCount other) {
    return new ActivityCount(live - other.live, active - other.active, inactive - other.inactive);
  }
}
