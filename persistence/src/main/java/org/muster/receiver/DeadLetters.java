package org.muster.receiver;

import java.time.Instant;
import java.util.List;
import org.muster.storage.StorageException;

/**
 * Events that a receiver did not take in the end. Thread-safe; a store in the database takes part
 * in the caller's transaction and needs one for each change. Throws {@link StorageException} and no
 * driver exception.
 */
public interface DeadLetters {
  /** A page of those of a receiver, by ascending number. */
  List<Note> page(ReceiverId id, long afterNo, int limit);

  /**
   * Has one tried again, as if it were new, after those of its stream that are before it.
   *
   * @return whether there was one
   */
  boolean replay(ReceiverId id, long no, Instant now);

  /**
   * Has all tried again, those of one stream one after the other.
   *
   * @return how many there were
   */
  long replayAll(ReceiverId id, Instant now);

  /**
   * Gives one up for good.
   *
   * @return whether there was one
   */
  boolean discard(ReceiverId id, long no);
}
