package org.muster.monitor;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The calls of one operation of one provider: all since the start, and those of a window that
 * slides by slots. Thread-safe; one thread alone has it turn.
 */
final class OperationStats {
  /** Slots of the window. The last one is being filled. */
  static final int SLOTS = 6;

  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);
  private final LongAdder nanos = new LongAdder();
  private final AtomicReferenceArray<Slot> ring = new AtomicReferenceArray<>(SLOTS);
  private volatile Slot current = new Slot();
  private int place;

  OperationStats() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder()); // all now: from here on the map is only read
    }
    ring.set(0, current);
  }

  void record(Outcome outcome, long taken) {
    LongAdder count = counts.get(outcome);
    if (count != null) {
      count.increment();
    }
    nanos.add(taken);
    current.record(outcome, taken);
  }

  /**
   * Begins the next slot in place of the oldest. A call that still holds that one was noted as long
   * ago as a window is; it may be lost from the window, not from the counts.
   */
  void turn() {
    place = (place + 1) % SLOTS;
    Slot next = ring.get(place);
    if (next == null) {
      next = new Slot();
      ring.set(place, next);
    } else {
      next.clear();
    }
    current = next;
  }

  void addTo(WindowSum sum) {
    for (int i = 0; i < SLOTS; i++) {
      Slot slot = ring.get(i);
      if (slot != null) {
        slot.addTo(sum);
      }
    }
  }

  Figures figures() {
    Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    counts.forEach(
        (outcome, adder) -> {
          long count = adder.sum();
          if (count > 0) {
            outcomes.put(outcome, count);
          }
        });
    WindowSum window = new WindowSum();
    addTo(window);
    return new Figures(outcomes, nanos.sum(), window.figures());
  }
}
