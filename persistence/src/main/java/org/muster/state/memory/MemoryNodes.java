package org.muster.state.memory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.muster.kernel.TenantId;
import org.muster.state.NodeStore;
import org.muster.state.TreeId;

/** Keeps nodes in the heap, gone when the process ends. Every call sees one state of a tree. */
public final class MemoryNodes implements NodeStore {
  private final Map<TreeId, Tree> trees = new ConcurrentHashMap<>();

  private static final class Tree {
    final ReentrantLock writing = new ReentrantLock();
    final Map<String, byte[]> nodes = new HashMap<>();
  }

  @Override
  public Map<String, byte[]> load(TreeId id, Collection<String> places) {
    Tree tree = trees.get(id);
    Map<String, byte[]> found = new HashMap<>();
    if (tree != null) {
      synchronized (tree.nodes) {
        for (String place : places) {
          byte[] node = tree.nodes.get(place);
          if (node != null) {
            found.put(place, node);
          }
        }
      }
    }
    return found;
  }

  @Override
  public void write(TreeId id, Map<String, byte[]> saved, Collection<String> removed) {
    Tree tree = tree(id);
    synchronized (tree.nodes) {
      tree.nodes.putAll(saved);
      removed.forEach(tree.nodes::remove);
    }
  }

  @Override
  public void exclusively(TreeId id, Runnable work) {
    ReentrantLock writing = tree(id).writing;
    writing.lock();
    try {
      work.run();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public SortedMap<String, byte[]> roots(TenantId tenant) {
    SortedMap<String, byte[]> roots = new TreeMap<>();
    trees.forEach(
        (id, tree) -> {
          if (id.tenant().equals(tenant)) {
            synchronized (tree.nodes) {
              byte[] root = tree.nodes.get("");
              if (root != null) {
                roots.put(id.collection(), root);
              }
            }
          }
        });
    return roots;
  }

  @Override
  public long clear(int most) {
    return remove(id -> true);
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return remove(id -> id.tenant().equals(tenant));
  }

  private long remove(Predicate<TreeId> wanted) {
    long erased = 0;
    for (TreeId id : List.copyOf(trees.keySet())) {
      Tree tree = wanted.test(id) ? trees.remove(id) : null;
      if (tree != null) {
        synchronized (tree.nodes) {
          erased += Math.max(1, tree.nodes.size());
        }
      }
    }
    return erased;
  }

  private Tree tree(TreeId id) {
    return trees.computeIfAbsent(id, key -> new Tree());
  }
}
