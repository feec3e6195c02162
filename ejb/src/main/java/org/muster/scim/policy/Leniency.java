package org.muster.scim.policy;

/**
 * What a profile lets pass, and who hears of it when something did.
 *
 * @param listener hears of each coercion while a request is read
 */
public record Leniency(Profile profile, Listener listener) {
  private static final Listener NOBODY = (by, place, what) -> {};

  /** Lets nothing pass. */
  public static final Leniency NONE = of(Profile.STANDARD);

  /** Hears of coercions. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A coercion happened.
     *
     * @param place its {@code toString} says where; asked only by who wants to know
     * @param what was done
     */
    void coerced(Switch by, Object place, String what);
  }

  /** What a profile lets pass while nobody listens. */
  public static Leniency of(Profile profile) {
    return new Leniency(profile, NOBODY);
  }

  /** Whether nothing deviates from the RFCs. */
  public boolean isNone() {
    return profile.switches().isEmpty();
  }

  /** Whether the switch is on. */
  public boolean allows(Switch deviation) {
    return profile.has(deviation);
  }

  /** Whether the switch is on; if so, it was needed, and the listener is told. */
  public boolean coerces(Switch deviation, Object place, String what) {
    if (!profile.has(deviation)) {
      return false;
    }
    listener.coerced(deviation, place, what);
    return true;
  }
}
