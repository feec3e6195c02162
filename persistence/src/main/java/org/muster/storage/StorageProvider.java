package org.muster.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.muster.kernel.TenantId;

/**
 * Stores JSON documents, unique claims and links; knows nothing of SCIM. Thread-safe. Every method
 * blocks. A provider with {@link Capability#TRANSACTIONS} takes part in the caller's JTA
 * transaction (and needs one for {@link #apply}); any other is atomic by itself. Throws {@link
 * StorageException} and no driver exception; any call may throw {@link
 * StorageException.Unavailable}.
 *
 * <p>Text is compared by the rules of {@link org.muster.kernel.Folding}. Reads of one transaction
 * see what it has applied. Deleted documents are not seen by any read but {@link #tombstones} and
 * {@link #buried}.
 */
public interface StorageProvider {

  /** The document under the key, if live, with the links that {@code expand} selects. */
  Optional<Stored> get(StorageKey key, List<LinkSelector> expand);

  /** Those of the keys, of one tenant, at most 10,000, that are live. */
  Set<StorageKey> existing(Set<StorageKey> keys);

  /**
   * Applies a batch in one atomic step.
   *
   * @throws StorageException.Conflict if a precondition does not hold, a link's target is not live,
   *     a tombstone is not there as named, or another writer was faster; nothing was written
   * @throws StorageException.NotUnique if a claimed value has another owner; nothing was written
   * @throws StorageException.TooLarge if a document is over {@link JsonDocument#MAX_BYTES} or the
   *     batch over the back end's limit; nothing was written
   */
  Applied apply(Batch batch);

  /**
   * The documents that satisfy a query, one page. A page is bounded in bytes, too: it is cut short
   * where its documents would have more than {@link Query.Page#MAX_BYTES}. Whoever goes on at
   * {@link Found#next}, or at an offset greater by the number of items, loses and repeats nothing.
   * A document that is changed meanwhile is seen in a state that satisfies the query.
   *
   * @throws StorageException.TooLarge if more than {@link Query#scanLimit} documents would have to
   *     be judged one by one
   */
  Found query(Query query);

  /** How many documents satisfy the query's filter, exactly; page and order do not matter. */
  long count(Query query);

  /** A page of direct links; shorter than the limit only if there are no more. */
  List<Linked> links(LinkQuery query);

  /**
   * Hands every document that satisfies the query's filter to {@code consumer}, by ascending id, in
   * memory that does not grow with their number; the query's order, page and scanLimit do not
   * matter, nor is the size of the documents. Documents changed meanwhile are seen in one of their
   * states.
   */
  void scan(Query query, Consumer<Stored> consumer);

  /** A page of tombstones, without the documents below them. */
  List<Tombstone> tombstones(TombstoneQuery query);

  /** The tombstone under the key with the document that was deleted; empty if there is none. */
  Optional<Buried> buried(StorageKey key);

  /**
   * Erases whatever there is of a tenant that is no longer served, tombstones included, in steps;
   * leaves no trace. Between two steps the tenant's data are not consistent.
   *
   * @param most about how many rows a step removes at most, at least 1; a back end to which that
   *     makes no difference may remove all at once
   * @return how many it has removed; 0 says that nothing is left
   */
  long erase(TenantId tenant, int most);

  /** What this provider can do. */
  Set<Capability> capabilities();

  /** Whether the back end answers; within about 2 seconds, and without an exception. */
  Health health();
}
