package org.muster.sql;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.muster.storage.Applied;
import org.muster.storage.Batch;

/**
 * Writes along with batches, in their transactions; and, where it is known beforehand what a batch
 * is going to do, in the round trip of its own statements. Thread-safe.
 */
public interface Companion {
  /** Writes nothing. */
  Companion NONE =
      new Companion() {
        @Override
        public Optional<BooleanSupplier> ride(Batch batch, Applied expected, Script script) {
          return Optional.empty();
        }

        @Override
        public void follow(Batch batch, Applied applied) {
          // nothing to write
        }
      };

  /**
   * Adds statements behind those of a batch; they run when it holds its locks. Should the batch
   * fail, so does the transaction.
   *
   * @param expected what the batch is going to do unless it fails; without stamps
   * @return tells, when they have run, whether all was written; else {@link #follow} is called.
   *     Empty if nothing was added
   */
  Optional<BooleanSupplier> ride(Batch batch, Applied expected, Script script);

  /** Writes what a batch has done that did not ride. */
  void follow(Batch batch, Applied applied);
}
