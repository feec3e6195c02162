package org.muster.scim.policy;

import java.util.ArrayList;
import java.util.List;

/** Collects the first thousand coercions of a request, in their order. Not thread-safe. */
public final class Coercions implements Leniency.Listener {
  private static final int MOST = 1_000;
  private final List<Coercion> heard = new ArrayList<>();

  @Override
  public void coerced(Switch by, Object place, String what) {
    if (heard.size() < MOST) {
      heard.add(new Coercion(by, place.toString(), what));
    }
  }

  /** What was coerced so far. */
  public List<Coercion> all() {
    return List.copyOf(heard);
  }
}
