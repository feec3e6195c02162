package org.muster.event.projection;

import java.util.function.Supplier;

/** Runs something in a transaction of its own, which is committed when the call returns. */
@FunctionalInterface
public interface Unit {
  /** No transactions: what is done is done. */
  Unit NONE =
      new Unit() {
        @Override
        public <T> T run(Supplier<T> work) {
          return work.get();
        }
      };

  <T> T run(Supplier<T> work);
}
