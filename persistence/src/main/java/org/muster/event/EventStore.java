package org.muster.event;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * Keeps events for ever. Thread-safe. A store in the database takes part in the caller's JTA
 * transaction and needs one for {@link #append}; any other appends atomically by itself. Throws
 * {@link StorageException} and no driver exception; any call may throw {@link
 * StorageException.Unavailable}.
 */
public interface EventStore {

  /**
   * Appends to streams of one tenant, to each at most once, in one atomic step; in the order given.
   *
   * @return the events as they are stored, in the same order
   * @throws StorageException.Conflict if a stream is not as expected, or another writer was faster;
   *     nothing is appended, and a transaction can only be rolled back
   */
  List<Event> append(List<Append> appends);

  /** A page of one stream; shorter than its limit only if there are no more. */
  List<Event> read(StreamRead read);

  /** After about so many bytes of content a page ends, though it has room for more events. */
  int PAGE_BYTES = 16 << 20;

  /**
   * The events behind a position that are wanted, in the order of their positions; fewer where they
   * are long, or few and far between: so a page may be empty and not complete, and whoever wants
   * the next one goes on from its end. What has not been committed, or may still get company below
   * it, is not there yet.
   *
   * @param limit at least 1, at most {@value StreamRead#MOST}
   */
  EventPage after(Position position, EventFilter filter, int limit);

  /**
   * The position behind all that {@link #after} gives now; whoever goes on from here sees what is
   * yet to come.
   */
  Position end();

  /**
   * A position behind all that was written so far, even by those who have not committed yet; when
   * {@link #end} has come to it, all of that is there or will never be.
   */
  default Position drawn() {
    return end();
  }

  /**
   * Hands over the events behind a position and all that follow, page by page, on a thread of the
   * store's, until the subscription is closed. A page that {@code subscriber} fails with is handed
   * over again, or with others, after a pause. Where there is nothing for about a second, the page
   * is empty, so that a subscriber knows how far it is and that it is still served. A subscriber
   * may take its time: it holds up nobody else, and what it misses meanwhile is read again.
   */
  Subscription subscribe(Position after, EventFilter filter, Consumer<EventPage> subscriber);

  /** A page of the streams of a collection that have events, by ascending id. */
  List<StorageKey> streams(TenantId tenant, String collection, Optional<String> afterId, int limit);

  /**
   * Erases the events of a tenant that is no longer served, in steps.
   *
   * @param most about how many a step removes at most
   * @return how many were removed; 0 says that nothing is left
   */
  long erase(TenantId tenant, int most);

  /** Ends when it is closed; a page that is being handed over is the last one. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
