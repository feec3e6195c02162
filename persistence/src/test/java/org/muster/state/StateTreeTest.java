package org.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.kernel.TenantId;
import org.muster.state.memory.MemoryNodes;
import org.muster.storage.StorageException;

/** The shape of a tree at its edges, what it costs, and what is refused. */
@Timeout(120)
class StateTreeTest {
  private static final TreeId USERS = new TreeId(TenantId.DEFAULT, "User");
  private static final TreeId COPY = new TreeId(new TenantId("copy"), "User");
  private static final Digest VALUE = new Digest(1, 2, 3, 4);

  private final CountingNodes nodes = new CountingNodes(new MemoryNodes());
  private final StateTree tree = new StateTree(nodes, USERS);
  private final StateTree copy = new StateTree(nodes, COPY);

  @Test
  void emptyTreeHasTheRootOfNoEntriesAndNoNode() {
    assertThat(tree.root()).isEqualTo(StateRoot.EMPTY);
    assertThat(StateRoot.EMPTY.digest()).hasToString(SpecifiedRoot.of(Map.of()));
    tree.apply(List.of());
    tree.apply(List.of(EntryChange.remove(user(1))));
    assertThat(tree.root()).isEqualTo(StateRoot.EMPTY);
    tree.apply(List.of(put(1)));
    tree.apply(List.of(EntryChange.remove(user(1))));
    assertThat(tree.root()).isEqualTo(StateRoot.EMPTY);
    assertThat(nodes.roots(TenantId.DEFAULT).isEmpty()).isTrue();
  }

  @Test
  void bucketSplitsAboveItsSizeAndCollapsesAgain() {
    for (int i = 1; i <= Node.BUCKET; i++) {
      tree.apply(List.of(put(i)));
    }
    StateRoot full = tree.root();
    assertThat(size(USERS)).isEqualTo(1);
    tree.apply(List.of(put(Node.BUCKET + 1)));
    assertThat(size(USERS)).isGreaterThan(2);
    assertThat(tree.root().entries()).isEqualTo(Node.BUCKET + 1);
    tree.apply(List.of(EntryChange.remove(user(Node.BUCKET + 1))));
    assertThat(size(USERS)).isEqualTo(1);
    assertThat(tree.root()).isEqualTo(full);
  }

  @Test
  void entriesWhoseHashesBeginAlikeSplitDeep() {
    List<EntryChange> alike = alike(Node.BUCKET + 1, "000");
    tree.apply(alike);
    assertThat(places(USERS)).contains("", "0", "00", "000").hasSizeGreaterThan(5);
    assertThat(tree.root().digest()).hasToString(SpecifiedRoot.of(content(alike)));
    copy.apply(alike.subList(1, alike.size()));
    assertThat(places(COPY)).containsExactly("");
    copy.apply(alike.subList(0, 1));
    assertThat(copy.root()).isEqualTo(tree.root());
    tree.apply(List.of(EntryChange.remove(alike.get(5).name())));
    assertThat(places(USERS)).containsExactly("");
  }

  @Test
  void leafIsComparedWithABranch() {
    List<EntryChange> alike = alike(Node.BUCKET + 1, "00");
    tree.apply(alike);
    copy.apply(alike.subList(2, alike.size()));
    copy.apply(List.of(new EntryChange(alike.get(9).name(), Optional.of(Digest.NONE))));
    List<EntryDifference> found = new ArrayList<>();
    tree.difference(copy, found::add);
    assertThat(found)
        .extracting(EntryDifference::name)
        .containsExactlyInAnyOrder(alike.get(0).name(), alike.get(1).name(), alike.get(9).name());
  }

  @Test
  void ofSeveralChangesToAnEntryTheLastCounts() {
    tree.apply(
        List.of(put(1), EntryChange.remove(user(1)), put(2), put(3), EntryChange.remove(user(3))));
    copy.apply(List.of(put(2)));
    assertThat(tree.root()).isEqualTo(copy.root());
  }

  @Test
  void changesThatChangeNothingWriteNothing() {
    List<EntryChange> all = puts(500);
    tree.apply(all);
    nodes.reset();
    tree.apply(all);
    tree.apply(List.of(EntryChange.remove(user(501)), put(7)));
    assertThat(nodes.written).isEmpty();
  }

  @Test
  void linkAndDocumentWithTheSameTextsAreDifferentEntries() {
    EntryName.Link link = new EntryName.Link("User", "a", "b", "c", "d");
    EntryName.Link shifted = new EntryName.Link("User", "ab", "c", "d", "e");
    EntryName.Link other = new EntryName.Link("User", "a", "bc", "d", "e");
    EntryName.Document document = new EntryName.Document("User", "a");
    assertThat(
            Set.of(
                link.key(),
                shifted.key(),
                other.key(),
                document.key(),
                new EntryName.Document("Use", "ra").key(),
                new EntryName.Link("User", "a", "b", "cd", "d").key()))
        .hasSize(6);
    tree.apply(List.of(EntryChange.put(link), new EntryChange(document, Optional.of(VALUE))));
    assertThat(tree.root().documents()).isEqualTo(1);
    assertThat(tree.root().links()).isEqualTo(1);
  }

  @Test
  void hundredThousandEntriesCostTheirPathsAlone() {
    int size = 100_000;
    tree.apply(puts(size));
    copy.apply(puts(size));
    assertThat(tree.root()).isEqualTo(copy.root());
    assertThat(tree.root().documents()).isEqualTo(size);

    nodes.reset();
    copy.apply(List.of(put(size + 1)));
    assertThat(nodes.nodesRead).isLessThanOrEqualTo(6);
    assertThat(nodes.nodesWritten).isBetween(3, 6);
    assertThat(nodes.calls).isLessThanOrEqualTo(7);
    copy.apply(List.of(new EntryChange(user(5), Optional.of(Digest.NONE))));
    copy.apply(List.of(EntryChange.remove(user(77))));

    nodes.reset();
    List<EntryName> found = new ArrayList<>();
    tree.difference(copy, difference -> found.add(difference.name()));
    assertThat(found).containsExactlyInAnyOrder(user(size + 1), user(5), user(77));
    assertThat(nodes.nodesRead).isLessThanOrEqualTo(2 + 2 * 3 * 6);
    assertThat(nodes.calls).isLessThanOrEqualTo(2 + 2 * 6);

    nodes.reset();
    tree.difference(tree, difference -> found.add(difference.name()));
    assertThat(nodes.read).containsExactly("");
    assertThat(found).hasSize(3);
  }

  @Test
  void batchReadsAndWritesEachNodeOnceInFewSteps() {
    tree.apply(puts(20_000));
    nodes.reset();
    List<EntryChange> changes = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      changes.add(
          i % 2 == 0
              ? EntryChange.remove(user(i))
              : new EntryChange(user(i), Optional.of(Digest.NONE)));
    }
    tree.apply(changes);
    assertThat(nodes.nodesRead).isEqualTo(nodes.read.size());
    assertThat(nodes.nodesWritten).isEqualTo(nodes.written.size());
    assertThat(nodes.calls).isLessThanOrEqualTo(10);
  }

  @Test
  void emptyingATreeCollapsesItInFewSteps() {
    List<EntryChange> all = puts(1_900);
    tree.apply(all);
    nodes.reset();
    tree.apply(all.stream().map(change -> EntryChange.remove(change.name())).toList());
    assertThat(nodes.calls).isLessThanOrEqualTo(10);
    assertThat(size(USERS)).isZero();
  }

  @Test
  void entryOfAnotherCollectionIsRefusedAndNothingWritten() {
    EntryChange group = EntryChange.remove(new EntryName.Document("Group", "g"));
    assertThatThrownBy(() -> tree.apply(List.of(put(1), group)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(tree.root()).isEqualTo(StateRoot.EMPTY);
  }

  @Test
  void valuesThatNoEntryHasAreRefused() {
    EntryName.Link link = new EntryName.Link("User", "a", "manager", "User", "b");
    assertThatThrownBy(() -> new EntryChange(link, Optional.of(VALUE)))
        .isInstanceOf(IllegalArgumentException.class);
    for (String text : List.of("", "a\u0000", "\ud800", "\udc00\ud800", "x".repeat(256))) {
      assertThatThrownBy(() -> new EntryName.Document("User", text))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new EntryName.Document(text, "a"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new EntryName.Link("User", "a", text, "User", "b"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new EntryName.Link("User", "a", "manager", "User", text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void nodeThatIsNotWhatTheOneAboveSaysIsCorrupt() {
    tree.apply(puts(500));
    copy.apply(puts(501));
    String place = "3";
    byte[] other = NodeCodec.encode(Node.Leaf.EMPTY);
    nodes.write(USERS, Map.of(place, other), Set.of());
    assertCorrupt(() -> tree.apply(changesAt(place)));
    assertCorrupt(() -> tree.apply(List.copyOf(removals(500))));
    copy.apply(changesAt(place));
    assertCorrupt(() -> tree.difference(copy, difference -> {}));
    nodes.write(USERS, Map.of(), Set.of(place));
    assertCorrupt(() -> tree.apply(changesAt(place)));
    nodes.write(USERS, Map.of(place, new byte[] {9}), Set.of());
    assertCorrupt(() -> tree.apply(changesAt(place)));
  }

  @Test
  void treeThatChangesWhileItIsComparedIsTold() {
    tree.apply(puts(500));
    StateTree changing =
        new StateTree(
            new CountingNodes(nodes) {
              @Override
              public Map<String, byte[]> load(TreeId id, Collection<String> places) {
                if (places.contains("0")) {
                  copy.apply(changesAt("0"));
                }
                return super.load(id, places);
              }
            },
            COPY);
    copy.apply(removedFrom(puts(500)));
    assertThatThrownBy(() -> tree.difference(changing, difference -> {}))
        .isInstanceOf(StorageException.Unavailable.class);
  }

  /** So many puts less one whose hash begins with 0. */
  private static List<EntryChange> removedFrom(List<EntryChange> puts) {
    List<EntryChange> rest = new ArrayList<>(puts);
    rest.remove(
        rest.stream().filter(put -> put.name().key().nibble(0) == 0).findFirst().orElseThrow());
    return rest;
  }

  private static void assertCorrupt(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(StorageException.Corrupt.class);
  }

  private static List<EntryChange> changesAt(String place) {
    int number = 1_000;
    while (!user(number).key().toString().startsWith(place)) {
      number++;
    }
    return List.of(put(number));
  }

  private static List<EntryChange> removals(int count) {
    return puts(count).stream().map(put -> EntryChange.remove(put.name())).toList();
  }

  /** So many puts of users whose hashes begin alike. */
  private static List<EntryChange> alike(int count, String beginning) {
    List<EntryChange> alike = new ArrayList<>();
    for (int i = 0; alike.size() < count; i++) {
      if (user(i).key().toString().startsWith(beginning)) {
        alike.add(put(i));
      }
    }
    return alike;
  }

  private static Map<EntryName, Digest> content(List<EntryChange> puts) {
    Map<EntryName, Digest> content = new HashMap<>();
    puts.forEach(put -> content.put(put.name(), put.value().orElseThrow()));
    return content;
  }

  private int size(TreeId id) {
    return places(id).size();
  }

  private Set<String> places(TreeId id) {
    Set<String> all = new TreeSet<>();
    List<String> level = List.of("");
    while (!level.isEmpty()) {
      List<String> next = new ArrayList<>();
      for (String place : nodes.load(id, level).keySet()) {
        all.add(place);
        for (int nibble = 0; nibble < Node.FAN; nibble++) {
          next.add(Node.below(place, nibble));
        }
      }
      level = next;
    }
    return all;
  }

  private static List<EntryChange> puts(int count) {
    List<EntryChange> puts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      puts.add(put(i));
    }
    return puts;
  }

  private static EntryChange put(int number) {
    return new EntryChange(user(number), Optional.of(VALUE));
  }

  private static EntryName.Document user(int number) {
    return new EntryName.Document("User", "u" + number);
  }
}
