package org.muster.storage;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes that are acknowledged before the store has them: how many there are, and what became of
 * those that it did not take, the dead letters. Thread-safe.
 */
public interface WriteBehind {
  /** Whether there can be such writes. */
  boolean isOn();

  /**
   * Begins to have the store follow, with what a run before has left.
   *
   * @param threads runs something on a thread of its own
   */
  void start(Consumer<Runnable> threads);

  /** Has the store get what is pending, for a while; what is left then is kept for the next run. */
  void stop();

  /** How it is now. */
  BehindFigures figures();

  /** Dead letters, by ascending id, at most {@code limit} behind {@code after}. */
  List<DeadWrite> letters(long after, int limit);

  /** A dead letter with its document. */
  Optional<DeadWrite.Whole> letter(long id);

  /**
   * Has the store do what it did not take; then the letter is gone.
   *
   * @param overwrite whether what is there by now is written over, as a change of this moment; else
   *     the store does it as it was to be done
   * @return whether there is such a letter; one whose tenant was erased is given up, and is none
   * @throws StorageException if the store does not take it again; the letter is kept
   * @throws DeadWrite.InWork if somebody else is at it
   */
  boolean retry(long id, boolean overwrite);

  /**
   * Gives a dead letter up for good; whether there was one.
   *
   * @throws DeadWrite.InWork if somebody else is at it
   */
  boolean discard(long id);

  /**
   * Gives up for good all dead letters of a document that was erased.
   *
   * @throws java.io.UncheckedIOException if one can't be removed; it can be tried again
   */
  void forget(StorageKey key);
}
