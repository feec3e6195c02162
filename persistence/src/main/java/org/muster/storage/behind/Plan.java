package org.muster.storage.behind;

import java.util.List;
import org.muster.storage.Batch;

/**
 * In which steps the store gets the first of some writes of a key: those that follow each other are
 * one step, but for that which creates the document, since it says when that was.
 *
 * @param steps to be done in one transaction
 * @param writes how many they are made of
 */
record Plan(List<Batch> steps, int writes) {

  static Plan of(List<Logged> logged) {
    PendingWrite first = logged.get(0).write();
    int count = 1;
    while (count < logged.size()
        && logged.get(count).write().follows(logged.get(count - 1).write())) {
      count++;
    }
    PendingWrite last = logged.get(count - 1).write();
    if (count == 1) {
      return new Plan(List.of(first.batch()), 1);
    }
    return first.base().isPresent()
        ? new Plan(List.of(last.since(first).batch()), count)
        : new Plan(List.of(first.batch(), last.since(logged.get(1).write()).batch()), count);
  }

  /** How many writes are within another one. */
  int coalesced() {
    return writes - steps.size();
  }
}
