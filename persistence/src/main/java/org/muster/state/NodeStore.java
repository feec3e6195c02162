package org.muster.state;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;

/**
 * Keeps the nodes of state trees as opaque bytes, by tree and place. Thread-safe. Every method
 * blocks and may throw {@link StorageException.Unavailable}; none throws a driver exception. A
 * store in a database takes part in the caller's transaction, and needs one for what writes.
 *
 * <p>A place is 0 to 64 of 0-9 and a-f; the root of a tree is at the empty one. A node has at most
 * 100,000 bytes, mostly some 2,000. Nobody changes an array that was given to or by a store.
 */
public interface NodeStore {

  /** The nodes at some places, any number of them, in a few steps; those that there are. */
  Map<String, byte[]> load(TreeId tree, Collection<String> places);

  /**
   * Writes and removes nodes, any number of them, in a few steps; to be called within {@link
   * #exclusively}. Removing what is not there changes nothing. No place is in both.
   */
  void write(TreeId tree, Map<String, byte[]> saved, Collection<String> removed);

  /**
   * Runs {@code work} while nobody else does so on the same tree: until it is done, or in a
   * database until the caller's transaction ends. What was written before is seen. Who takes
   * several trees in one transaction takes them in the order of their collections.
   */
  void exclusively(TreeId tree, Runnable work);

  /** The root nodes of all trees of a tenant that have one, by collection. */
  SortedMap<String, byte[]> roots(TenantId tenant);

  /**
   * Removes all trees of all tenants, to be made anew, in steps.
   *
   * @param most about how many rows a step removes at most, at least 1
   * @return how many it has removed; 0 says that nothing is left
   */
  long clear(int most);

  /**
   * Erases the trees of a tenant that is no longer served, in steps.
   *
   * @param most about how many rows a step removes at most, at least 1; a store to which that makes
   *     no difference may remove all at once
   * @return how many it has removed; 0 says that nothing is left
   */
  long erase(TenantId tenant, int most);
}
