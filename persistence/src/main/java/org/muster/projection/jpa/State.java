package org.muster.projection.jpa;

import java.util.List;
import java.util.Optional;
import org.muster.projection.ActivityCount;
import org.muster.storage.StorageException;

/** What a document says of being active, as a column has it. */
enum State {
  UNKNOWN(0),
  ACTIVE(1),
  INACTIVE(2);

  /** All of them. */
  static final List<State> ALL = List.of(values());

  private final long column;

  State(long column) {
    this.column = column;
  }

  static State of(Optional<Boolean> active) {
    return active.map(yes -> yes ? ACTIVE : INACTIVE).orElse(UNKNOWN);
  }

  static State of(long column) {
    for (State state : ALL) {
      if (state.column == column) {
        return state;
      }
    }
    throw new StorageException.Corrupt("A state of no known kind");
  }

  /** The value of the column. */
  long column() {
    return column;
  }

  Optional<Boolean> active() {
    return this == UNKNOWN ? Optional.empty() : Optional.of(this == ACTIVE);
  }

  /** One such document. */
  ActivityCount count() {
    return new ActivityCount(1, this == ACTIVE ? 1 : 0, this == INACTIVE ? 1 : 0);
  }
}
