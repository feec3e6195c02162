package org.muster.state;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.muster.kernel.TenantId;

/**
 * The state roots of all tenants, kept up to date by whoever hears of changes. Thread-safe. Over a
 * store in a database, what writes needs a transaction.
 */
public final class Roots {
  private final NodeStore nodes;

  public Roots(NodeStore nodes) {
    this.nodes = nodes;
  }

  /**
   * Makes changes in the tree of a collection; doing it again changes nothing. A link belongs to
   * the collection that it leads from; a document that goes takes no link with it by itself. Who
   * changes several collections in one transaction does so in their order.
   *
   * @see StateTree#apply
   */
  public void apply(TenantId tenant, String collection, List<EntryChange> changes) {
    tree(tenant, collection).apply(changes);
  }

  /** The roots of a tenant's collections that have entries, by name. */
  public SortedMap<String, StateRoot> all(TenantId tenant) {
    SortedMap<String, StateRoot> roots = new TreeMap<>();
    nodes
        .roots(tenant)
        .forEach((collection, node) -> roots.put(collection, NodeCodec.decode(node).root()));
    return roots;
  }

  /** The tree of a collection, for its root and what differs from another one. */
  public StateTree tree(TenantId tenant, String collection) {
    return new StateTree(nodes, new TreeId(tenant, collection));
  }

  /** Removes all trees in steps, to be made anew, see {@link NodeStore#clear}. */
  public long clear(int most) {
    return nodes.clear(most);
  }

  /** Erases all trees of a tenant in steps, see {@link NodeStore#erase}. */
  public long erase(TenantId tenant, int most) {
    return nodes.erase(tenant, most);
  }
}
