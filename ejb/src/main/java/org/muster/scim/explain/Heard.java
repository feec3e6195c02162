package org.muster.scim.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.muster.scim.policy.Coercion;
import org.muster.scim.policy.Coercions;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Switch;

/** Collects what the engine says while it reads a request: a thousand of each. For one thread. */
final class Heard implements Leniency.Listener {
  private static final int MOST = 1_000;

  private final Coercions coercions = new Coercions();
  private final List<Ignored> ignored = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();
  private int operation = -1;

  /** What a body gives and is not kept. */
  record Ignored(String place, String why) {}

  /**
   * What an operation changes.
   *
   * @param values how many values it selects; negative if no document holds them
   */
  record Target(int operation, String path, int values) {}

  @Override
  public void coerced(Switch by, Object place, String what) {
    coercions.coerced(by, place, what);
  }

  @Override
  public void ignored(Object place, String why) {
    if (ignored.size() < MOST) {
      ignored.add(new Ignored(place.toString(), why));
    }
  }

  @Override
  public void operation(int index) {
    operation = index;
  }

  @Override
  public void target(Object path, IntSupplier values) {
    if (targets.size() < MOST) {
      targets.add(new Target(operation, path.toString(), values.getAsInt()));
    }
  }

  List<Coercion> coercions() {
    return coercions.all();
  }

  List<Ignored> ignored() {
    return List.copyOf(ignored);
  }

  /** What the operation of that index changes. */
  List<Target> targets(int index) {
    return targets.stream().filter(target -> target.operation() == index).toList();
  }

  /** Whether the engine came to the operation of that index. */
  boolean reached(int index) {
    return index <= operation;
  }
}
