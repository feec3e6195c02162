package org.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.muster.storage.StorageException;

class NodeCodecTest {

  @Test
  void nodesAreReadAsTheyWereWritten() {
    long seed = Long.getLong("muster.seed", new Random().nextLong());
    RandomState state = new RandomState(seed, 40);
    for (int size = 0; size <= Node.BUCKET; size++) {
      List<Entry> entries = new ArrayList<>();
      state.changes(size, 0);
      state.content().forEach((name, value) -> entries.add(Entry.of(name, value)));
      state.content().clear();
      entries.sort(Comparator.comparing(Entry::key));
      assertRead(new Node.Leaf(List.copyOf(entries)));
    }
    for (int i = 0; i < 100; i++) {
      @Nullable StateRoot[] parts = new @Nullable StateRoot[Node.FAN];
      for (int nibble = 0; nibble < Node.FAN; nibble++) {
        Random random = state.random();
        parts[nibble] =
            random.nextBoolean()
                ? null
                : new StateRoot(
                    new Digest(random.nextLong(), random.nextLong(), random.nextLong(), 7),
                    random.nextLong(),
                    random.nextInt());
      }
      assertRead(Node.Branch.of(parts));
    }
  }

  private static void assertRead(Node node) {
    assertThat(NodeCodec.decode(NodeCodec.encode(node))).isEqualTo(node);
  }

  @Test
  void leafOfTheLongestNamesIsWithinTheBound() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < Node.BUCKET; i++) {
      String id = "\uffee".repeat(254) + (char) ('A' + i);
      String name = "\uffee".repeat(64);
      entries.add(Entry.of(new EntryName.Link(name, id, name, name, id), Digest.NONE));
    }
    byte[] bytes = NodeCodec.encode(new Node.Leaf(entries));
    assertThat(bytes).hasSizeLessThan(100_000);
    assertThat(NodeCodec.decode(bytes)).isEqualTo(new Node.Leaf(entries));
  }

  @Test
  void whatIsNoNodeIsCorrupt() {
    Random random = new Random(Long.getLong("muster.seed", new Random().nextLong()));
    RandomState state = new RandomState(1, 40);
    List<Entry> entries = new ArrayList<>();
    state.changes(8, 0);
    state.content().forEach((name, value) -> entries.add(Entry.of(name, value)));
    byte[] whole = NodeCodec.encode(new Node.Leaf(entries));
    for (int length = 0; length < whole.length; length++) {
      assertCorrupt(Arrays.copyOf(whole, length));
    }
    assertCorrupt(Arrays.copyOf(whole, whole.length + 1));
    assertCorrupt(new byte[] {0});
    assertCorrupt(new byte[] {3, 0, 0});
    assertCorrupt(new byte[] {1, -1});
    assertCorrupt(new byte[] {1, 1, 2, 0, 0});
    assertCorrupt(new byte[] {2, 0, 1});
    for (int i = 0; i < 10_000; i++) {
      byte[] mangled = whole.clone();
      mangled[random.nextInt(mangled.length)] = (byte) random.nextInt();
      try {
        NodeCodec.decode(mangled);
      } catch (StorageException.Corrupt expected) {
        assertThat(expected.getMessage()).isNotEmpty();
      }
    }
  }

  private static void assertCorrupt(byte[] bytes) {
    assertThatThrownBy(() -> NodeCodec.decode(bytes)).isInstanceOf(StorageException.Corrupt.class);
  }
}
