package org.muster.receiver;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.event.Position;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * Keeps how far receivers are, what they have not got though they are further, and which node
 * delivers to which of them. Only those count that are enabled and that events are sent to.
 * Thread-safe; a store in the database takes part in the caller's transaction and needs one for
 * each change. Throws {@link StorageException} and no driver exception.
 */
public interface DeliveryLog {
  /** Who delivers to whom; at most {@code most} receivers. */
  List<Leased> leased(int most);

  /**
   * Takes some receivers whose lease is over, and keeps those of the holder for longer. Times are
   * those of the nodes, whose clocks have to agree to a few seconds.
   *
   * @param most how many more it takes
   */
  void claim(String holder, Instant now, Instant until, int most);

  /** Ends all leases of a holder. */
  void release(String holder);

  /** How far a receiver is, be it enabled or not; empty if there is none. */
  Optional<Progress> find(ReceiverId id);

  /**
   * Keeps what came of a turn. Of the notes of a stream only the first has a time; it is tried
   * next.
   *
   * @throws StorageException.Conflict if the receiver has another holder, or is elsewhere; nothing
   *     was written, and a transaction can only be rolled back
   */
  void settle(ReceiverId id, String holder, Settlement settlement);

  /**
   * Sets a receiver forward or back, and has it tried at once.
   *
   * @return whether there is such a receiver
   */
  boolean reset(ReceiverId id, Position position);

  /**
   * The notes of those streams of which one is to be tried now, but for dead letters; by stream and
   * in its order.
   *
   * @param streams at most so many of them, the most urgent
   * @param limit at most so many notes
   */
  List<Note> due(ReceiverId id, Instant now, int streams, int limit);

  /** Those of some streams that have notes, but for dead letters. */
  Set<StorageKey> noted(ReceiverId id, Set<StorageKey> streams);

  /** What is noted for a receiver. */
  Counts counts(ReceiverId id);

  /** What is noted for all receivers together. */
  Counts total();
}
