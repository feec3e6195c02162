package org.muster.scim.policy;

import java.util.function.IntSupplier;

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

    /** Something of a body is not kept, whatever the profile. */
    default void ignored(Object place, String why) {}

    /** An operation of a PATCH is about to be applied, the first being 0. */
    default void operation(int index) {}

    /**
     * The operation is about to change what its path, or a member of its value, names.
     *
     * @param values how many values that selects now; negative where no document holds them
     */
    default void target(Object path, IntSupplier values) {}
  }

  /** What a profile lets pass while nobody listens. */
  public static Leniency of(Profile profile) {
    return new Leniency(profile, NOBODY);
  }

  /** The listener is told that something of a body is not kept. */
  public void ignores(Object place, String why) {
    listener.ignored(place, why);
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
