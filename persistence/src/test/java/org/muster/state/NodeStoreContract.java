package org.muster.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.kernel.TenantId;

/** What every store of nodes must do. */
@Timeout(120)
public abstract class NodeStoreContract {
  private NodeStore nodes;
  private TenantId tenant;
  private TreeId tree;

  /** The store under test, with a transaction around each call that needs one. */
  protected abstract NodeStore nodes();

  @BeforeEach
  void open() {
    nodes = nodes();
    tenant = tenant();
    tree = new TreeId(tenant, "User");
  }

  private static TenantId tenant() {
    return new TenantId("t" + UUID.randomUUID().toString().replace("-", ""));
  }

  @Test
  void whatWasWrittenIsRead() {
    assertThat(read(tree, "", "a")).isEmpty();
    write(tree, Map.of("", "root", "a", "one", "a3", "two", "f".repeat(64), ""));
    assertThat(read(tree, "", "a", "a3", "b", "f".repeat(64)))
        .isEqualTo(Map.of("", "root", "a", "one", "a3", "two", "f".repeat(64), ""));
    assertThat(read(tree)).isEmpty();
  }

  @Test
  void nodesAreReplacedAndRemovedInOneStep() {
    write(tree, Map.of("", "root", "0", "one", "1", "two"));
    nodes.exclusively(
        tree, () -> nodes.write(tree, bytes(Map.of("", "new", "2", "three")), Set.of("1", "7")));
    assertThat(read(tree, "", "0", "1", "2", "7"))
        .isEqualTo(Map.of("", "new", "0", "one", "2", "three"));
  }

  @Test
  void treesAreApart() {
    TreeId groups = new TreeId(tenant, "Group");
    TreeId others = new TreeId(tenant(), "User");
    write(tree, Map.of("", "users"));
    write(groups, Map.of("", "groups"));
    nodes.exclusively(groups, () -> nodes.write(groups, Map.of(), Set.of("")));
    assertThat(read(tree, "")).isEqualTo(Map.of("", "users"));
    assertThat(read(groups, "")).isEmpty();
    assertThat(read(others, "")).isEmpty();
  }

  @Test
  void rootsAreThoseOfTheTenant() {
    List<String> collections = List.of("User", "Group", "a'b\"c", "é😀\uffee", "x".repeat(64));
    for (String collection : collections) {
      write(new TreeId(tenant, collection), Map.of("", collection, "0", "no root"));
    }
    write(new TreeId(tenant, "Rootless"), Map.of("0", "no root"));
    write(new TreeId(tenant(), "Other"), Map.of("", "other"));
    Map<String, String> roots = new HashMap<>();
    nodes.roots(tenant).forEach((name, node) -> roots.put(name, text(node)));
    assertThat(roots).hasSize(collections.size());
    collections.forEach(name -> assertThat(roots).containsEntry(name, name));
    assertThat(nodes.roots(tenant()).isEmpty()).isTrue();
  }

  @Test
  void manyAndLargeNodesAreTaken() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      many.put(String.format("%04x", i), "n" + i);
    }
    many.put("ffff", "x".repeat(100_000));
    write(tree, many);
    assertThat(read(tree, many.keySet().toArray(String[]::new))).isEqualTo(many);
    Set<String> half = new HashSet<>(new ArrayList<>(many.keySet()).subList(0, 2_500));
    nodes.exclusively(tree, () -> nodes.write(tree, Map.of(), half));
    many.keySet().removeAll(half);
    assertThat(read(tree, many.keySet().toArray(String[]::new))).isEqualTo(many);
    assertThat(read(tree, half.toArray(String[]::new))).isEmpty();
  }

  @Test
  void erasedTenantLeavesNoTrace() {
    TreeId groups = new TreeId(tenant, "Group");
    TreeId others = new TreeId(tenant(), "User");
    for (TreeId each : List.of(tree, groups, others)) {
      write(each, Map.of("", "root", "0", "one", "1", "two", "2", "three"));
    }
    int steps = 0;
    while (nodes.erase(tenant, 3) > 0) {
      assertThat(++steps).isLessThan(20);
    }
    assertThat(steps).isPositive();
    assertThat(nodes.roots(tenant).isEmpty()).isTrue();
    assertThat(read(tree, "", "0", "1", "2")).isEmpty();
    assertThat(read(groups, "", "0", "1", "2")).isEmpty();
    assertThat(read(others, "", "0", "1", "2")).hasSize(4);
  }

  @Test
  void clearedTreesCanBeMadeAnew() {
    TreeId others = new TreeId(tenant(), "User");
    for (TreeId each : List.of(tree, others)) {
      write(each, Map.of("", "root", "0", "one", "1", "two"));
    }
    int steps = 0;
    while (nodes.clear(1_000) > 0) {
      assertThat(++steps).isLessThan(1_000);
    }
    assertThat(read(tree, "", "0", "1")).isEmpty();
    assertThat(read(others, "", "0", "1")).isEmpty();
    write(tree, Map.of("", "again"));
    assertThat(nodes.roots(tenant)).containsOnlyKeys("User");
  }

  @Test
  void writersOfATreeTakeTurns() throws Exception {
    int writers = 4;
    int times = 25;
    AtomicInteger within = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < times; i++) {
                    nodes.exclusively(tree, () -> countUp(within));
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(read(tree, "")).isEqualTo(Map.of("", Integer.toString(writers * times)));
  }

  private void countUp(AtomicInteger within) {
    assertThat(within.incrementAndGet()).isEqualTo(1);
    int count = Integer.parseInt(read(tree, "").getOrDefault("", "0"));
    nodes.write(tree, bytes(Map.of("", Integer.toString(count + 1))), Set.of());
    within.decrementAndGet();
  }

  private void write(TreeId id, Map<String, String> saved) {
    nodes.exclusively(id, () -> nodes.write(id, bytes(saved), Set.of()));
  }

  private Map<String, String> read(TreeId id, String... places) {
    Map<String, String> read = new HashMap<>();
    nodes.load(id, List.of(places)).forEach((place, node) -> read.put(place, text(node)));
    return read;
  }

  private static Map<String, byte[]> bytes(Map<String, String> texts) {
    Map<String, byte[]> bytes = new HashMap<>();
    texts.forEach((place, text) -> bytes.put(place, text.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }

  private static String text(byte[] node) {
    return new String(node, StandardCharsets.UTF_8);
  }
}
