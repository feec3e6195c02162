package org.muster.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.kernel.TenantId;
import org.muster.state.memory.MemoryNodes;

/**
 * The laws of state trees, on any store of nodes. {@code -Dmuster.seed=} repeats a run, {@code
 * -Dmuster.steps=} says how long it is.
 */
@Timeout(300)
public abstract class StateTreeContract {
  private final long seed = Long.getLong("muster.seed", new Random().nextLong());
  private NodeStore nodes;
  private TenantId tenant;

  /** The store under test, with a transaction around each call that needs one. */
  protected abstract NodeStore nodes();

  /** How many batches a random history has. */
  protected abstract int steps();

  @BeforeEach
  void open() {
    nodes = nodes();
    tenant = tenant();
  }

  private static TenantId tenant() {
    return new TenantId("t" + UUID.randomUUID().toString().replace("-", ""));
  }

  private StateTree tree() {
    return new StateTree(nodes, new TreeId(tenant, "User"));
  }

  /** A tree elsewhere. */
  private StateTree other() {
    return new StateTree(nodes, new TreeId(tenant(), "User"));
  }

  @Test
  void randomHistoryHasTheRootAndTheNodesOfItsContent() {
    RandomState state = new RandomState(seed, 300);
    TreeId id = new TreeId(tenant, "User");
    MemoryNodes memory = new MemoryNodes();
    int steps = Integer.getInteger("muster.steps", steps());
    for (int step = 0; step < steps; step++) {
      int most = state.random().nextInt(4) == 0 ? 150 : 8;
      int removed = step % 20 < 10 ? 20 : 85; // grows for a while, then shrinks
      List<EntryChange> changes = state.changes(1 + state.random().nextInt(most), removed);
      tree().apply(changes);
      new StateTree(memory, id).apply(changes);
      String expected = SpecifiedRoot.of(state.content());
      assertThat(tree().root().digest()).as("seed %d", seed).hasToString(expected);
      assertThat(count(tree().root())).as("seed %d", seed).isEqualTo(count(state.content()));
      if (step % 10 == 9) {
        MemoryNodes fresh = new MemoryNodes();
        new StateTree(fresh, id).apply(state.puts());
        assertThat(all(nodes, id))
            .as("seed %d", seed)
            .isEqualTo(all(memory, id))
            .isEqualTo(all(fresh, id));
      }
    }
  }

  private static List<Long> count(StateRoot root) {
    return List.of(root.documents(), root.links());
  }

  private static List<Long> count(Map<EntryName, Digest> content) {
    long links = content.keySet().stream().filter(EntryName.Link.class::isInstance).count();
    return List.of(content.size() - links, links);
  }

  /** All that a store has of a tree, at the places that its nodes name and those beside them. */
  private static Map<String, String> all(NodeStore store, TreeId id) {
    Map<String, String> all = new HashMap<>();
    List<String> places = List.of("");
    while (!places.isEmpty()) {
      List<String> next = new ArrayList<>();
      store
          .load(id, places)
          .forEach(
              (place, bytes) -> {
                all.put(place, HexFormat.of().formatHex(bytes));
                for (int nibble = 0; nibble < 16; nibble++) {
                  next.add(Node.below(place, nibble));
                }
              });
      places = next;
    }
    return all;
  }

  @Test
  void anySingleChangeGivesAnotherRoot() {
    RandomState state = new RandomState(seed, 60);
    tree().apply(state.changes(150, 10));
    StateRoot root = tree().root();
    Set<StateRoot> seen = new HashSet<>(Set.of(root));
    List<EntryChange> undo = state.puts();
    for (EntryChange entry : undo.subList(0, Math.min(undo.size(), 3 * steps()))) {
      List<EntryChange> others = new ArrayList<>(List.of(EntryChange.remove(entry.name())));
      if (entry.name() instanceof EntryName.Document) {
        others.add(new EntryChange(entry.name(), Optional.of(new Digest(0, 1, 0, 0))));
      }
      for (EntryChange change : others) {
        tree().apply(List.of(change));
        assertThat(seen.add(tree().root())).as("%s, seed %d", change, seed).isTrue();
      }
      tree().apply(List.of(entry));
      assertThat(tree().root()).as("seed %d", seed).isEqualTo(root);
    }
  }

  @Test
  void differencesAreAllFoundAndNoOthers() {
    RandomState left = new RandomState(seed, 400);
    RandomState right = new RandomState(seed, 400);
    StateTree one = tree();
    StateTree two = other();
    for (int round = 0; round < Math.max(4, steps() / 20); round++) {
      int same = left.random().nextInt(250);
      one.apply(left.changes(same, 30));
      two.apply(right.changes(same + right.random().nextInt(40), 30));
      Map<EntryName, EntryDifference> found = new HashMap<>();
      one.difference(
          two,
          difference ->
              assertThat(found.put(difference.name(), difference)).as("seed %d", seed).isNull());
      Map<EntryName, EntryDifference> expected = expected(left.content(), right.content());
      assertThat(found).as("seed %d", seed).isEqualTo(expected);
      Set<EntryName> back = new HashSet<>();
      two.difference(one, difference -> back.add(difference.name()));
      assertThat(back).as("seed %d", seed).isEqualTo(expected.keySet());
    }
  }

  private static Map<EntryName, EntryDifference> expected(
      Map<EntryName, Digest> left, Map<EntryName, Digest> right) {
    Map<EntryName, EntryDifference> expected = new HashMap<>();
    Set<EntryName> names = new HashSet<>(left.keySet());
    names.addAll(right.keySet());
    for (EntryName name : names) {
      Optional<Digest> one = Optional.ofNullable(left.get(name));
      Optional<Digest> two = Optional.ofNullable(right.get(name));
      if (!one.equals(two)) {
        expected.put(name, new EntryDifference(name, one, two));
      }
    }
    return expected;
  }

  @Test
  void writersOfATreeLoseNothing() throws Exception {
    int writers = 4;
    RandomState all = new RandomState(seed, 1_000);
    List<List<EntryChange>> parts = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      parts.add(new ArrayList<>());
    }
    for (EntryChange change : all.changes(400, 0)) { // one entry is one writer's
      parts.get(Math.floorMod(change.name().hashCode(), writers)).add(change);
    }
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (List<EntryChange> part : parts) {
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < part.size(); i += 10) {
                    tree().apply(part.subList(i, Math.min(part.size(), i + 10)));
                  }
                }));
      }
      for (Future<?> each : running) {
        each.get(120, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(tree().root().digest())
        .as("seed %d", seed)
        .hasToString(SpecifiedRoot.of(all.content()));
  }

  @Test
  void rootsOfATenantAreThoseOfItsCollectionsWithEntries() {
    Roots roots = new Roots(nodes);
    EntryName.Document ann = new EntryName.Document("User", "ann");
    EntryName.Link member = new EntryName.Link("Group", "g", "members", "User", "ann");
    roots.apply(tenant, "User", List.of(new EntryChange(ann, Optional.of(new Digest(1, 2, 3, 4)))));
    roots.apply(tenant, "Group", List.of(EntryChange.put(member)));
    roots.apply(tenant, "Gone", List.of(EntryChange.remove(new EntryName.Document("Gone", "a"))));
    assertThat(roots.all(tenant).keySet()).containsExactly("Group", "User");
    assertThat(roots.all(tenant).get("User")).isEqualTo(roots.tree(tenant, "User").root());
    assertThat(count(roots.tree(tenant, "User").root())).containsExactly(1L, 0L);
    assertThat(count(roots.tree(tenant, "Group").root())).containsExactly(0L, 1L);
    roots.apply(tenant, "Group", List.of(EntryChange.remove(member)));
    assertThat(roots.all(tenant).keySet()).containsExactly("User");
    assertThat(roots.tree(tenant, "Group").root()).isEqualTo(StateRoot.EMPTY);
    while (roots.erase(tenant, 100) > 0) {
      assertThat(roots.all(tenant).isEmpty()).isTrue();
    }
    assertThat(roots.tree(tenant, "User").root()).isEqualTo(StateRoot.EMPTY);
  }
}
